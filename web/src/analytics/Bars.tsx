import { Text, VisuallyHidden } from "@mantine/core";
import { PlatformMark } from "../platforms/PlatformMark";
import css from "./Analytics.module.css";
import { sorted, valueOf, type Column, type Row } from "./figures";
import { formatFigure } from "./numbers";
import { usePlatformName } from "./usePlatformName";

const kMostBars = 10;

interface Props {
  rows: Row[];
  column: Column;
  labels: string[]; // Of the rows.
}

/** The last reading side by side, the highest first. */
export function Bars({ rows, column, labels }: Props) {
  const platformName = usePlatformName();
  const read = rows.filter((row) => valueOf(row, column) !== undefined);
  const drawn = sorted(read, [column], { by: column.id, down: true }).slice(0, kMostBars);
  const most = Math.max(1, ...drawn.map((row) => valueOf(row, column) ?? 0));
  return (
    <>
      <ol className={css.bars} aria-label={`${column.label}, the highest first`}>
        {drawn.map((row) => {
          const value = valueOf(row, column) ?? 0;
          return (
            <li key={row.id}>
              <PlatformMark id={row.platform} size={20} />
              <Text size="sm" truncate title={`${row.name} · ${row.account}`}>
                <VisuallyHidden>{platformName(row.platform)}: </VisuallyHidden>
                {labels[rows.indexOf(row)]}
              </Text>
              <span className={css.track} aria-hidden="true">
                {value > 0 && <span style={{ width: `${(value / most) * 100}%` }} />}
              </span>
              <span className={css.value}>{formatFigure(value)}</span>
            </li>
          );
        })}
      </ol>
      {read.length > drawn.length && (
        <Text size="xs" c="dimmed">
          The {kMostBars} highest of the {read.length} shown below.
        </Text>
      )}
    </>
  );
}
