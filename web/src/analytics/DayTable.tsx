import { VisuallyHidden } from "@mantine/core";
import css from "./Analytics.module.css";
import type { Series } from "./figures";
import { formatFigure, formatUtcDay } from "./numbers";

interface Props {
  caption: string;
  days: string[];
  series: Series[];
}

/** The numbers behind the lines, the newest day first; days without a reading are left out. */
export function DayTable({ caption, days, series }: Props) {
  const read = days
    .map((day, at) => ({ day, values: series.map(({ values }) => values[at] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null))
    .reverse();
  return (
    <details className={css.details}>
      <summary>The same numbers, day by day</summary>
      <div className={css.days} tabIndex={0} role="region" aria-label={`${caption}, day by day`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Day (UTC)</th>
              {series.map(({ id, label }) => (
                <th scope="col" key={id}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {read.map(({ day, values }) => (
              <tr key={day}>
                <th scope="row">{formatUtcDay(day)}</th>
                {values.map((value, at) => (
                  <td key={series[at]!.id}>{value === null ? <NotRead /> : formatFigure(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function NotRead() {
  return (
    <span className={css.none} title="Not read on this day.">
      <span aria-hidden="true">–</span>
      <VisuallyHidden>Not read on this day.</VisuallyHidden>
    </span>
  );
}
