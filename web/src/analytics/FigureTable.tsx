import { Tooltip, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import css from "./Analytics.module.css";
import { Cell } from "./Cell";
import { kSpanWords, sorted, type Column, type Order, type Row } from "./figures";
import { MeaningList } from "./Meanings";
import { ReadTimes } from "./ReadTimes";

interface Props {
  caption: string;
  what: string; // The first column's name.
  rows: Row[]; // In their own order, which a third press brings back.
  columns: Column[];
  changes?: boolean; // Running totals with how they moved in the period.
  head: (row: Row) => ReactNode;
}

/** Rows by figures, as they were last read. */
export function FigureTable({ caption, what, rows, columns, changes, head }: Props) {
  const [order, setOrder] = useState<Order | null>(null);
  const press = (by: string) => setOrder((now) => nextOrder(now, by));
  return (
    <div className={`panel ${css.scroll}`} tabIndex={0} role="region" aria-label={caption}>
      <table className={css.table}>
        <thead>
          <tr>
            <SortHeader id="name" order={order} press={press}>
              <span className={css.label}>{what}</span>
            </SortHeader>
            {columns.map((column) => (
              <SortHeader
                key={column.id}
                id={column.id}
                order={order}
                press={press}
                about={<MeaningList column={column} />}
              >
                <span className={css.label}>{column.label}</span>
                <span className={css.span}>{kSpanWords[column.span]}</span>
              </SortHeader>
            ))}
            <th scope="col">
              <span className={css.label}>Read</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted(rows, columns, order).map((row) => (
            <tr key={row.id}>
              <th scope="row">{head(row)}</th>
              {columns.map((column) => (
                <td key={column.id}>
                  <Cell row={row} column={column} changes={changes} />
                </td>
              ))}
              <td>
                <ReadTimes figures={row.figures} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Figures begin with the highest, names with A; then the other way; then as it was. */
export function nextOrder(now: Order | null, by: string): Order | null {
  const first = by !== "name";
  if (now?.by !== by) return { by, down: first };
  return now.down === first ? { by, down: !first } : null;
}

interface HeaderProps {
  id: string;
  order: Order | null;
  press: (by: string) => void;
  about?: ReactNode;
  children: ReactNode;
}

function SortHeader({ id, order, press, about, children }: HeaderProps) {
  const on = order?.by === id ? order : null;
  const Arrow = on?.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={on ? (on.down ? "descending" : "ascending") : undefined}>
      <Tooltip
        label={about}
        disabled={!about}
        multiline
        w={300}
        events={{ hover: true, focus: true, touch: false }}
      >
        <UnstyledButton className={css.sort} onClick={() => press(id)}>
          <span className={css.words}>{children}</span>
          <Arrow size={13} aria-hidden className={css.arrow} data-on={on !== null} />
        </UnstyledButton>
      </Tooltip>
    </th>
  );
}
