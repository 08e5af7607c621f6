import { VisuallyHidden } from "@mantine/core";
import css from "./Analytics.module.css";
import { changeOf, valueOf, whyNone, type Column, type Row } from "./figures";
import { formatChange, formatFigure, formatUtcDay } from "./numbers";
import { usePlatformName } from "./usePlatformName";

interface Props {
  row: Row;
  column: Column;
  changes?: boolean;
}

/** A figure; or a dash that says why there is none, since that is not zero. */
export function Cell({ row, column, changes }: Props) {
  const platformName = usePlatformName();
  const value = valueOf(row, column);
  if (value === undefined) {
    const why = whyNone(row, column, platformName(row.platform));
    return (
      <span className={css.none} title={why}>
        <span aria-hidden="true">–</span>
        <VisuallyHidden>{why}</VisuallyHidden>
      </span>
    );
  }
  const change = changes ? changeOf(row, column) : null;
  const since = change && `since ${formatUtcDay(change.since)}`;
  return (
    <>
      {formatFigure(value)}
      {change && (
        <span className={css.change} title={`${formatChange(change.by)} ${since}`}>
          {formatChange(change.by)} <VisuallyHidden>{since}</VisuallyHidden>
        </span>
      )}
    </>
  );
}
