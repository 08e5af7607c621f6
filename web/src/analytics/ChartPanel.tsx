import { Select, Skeleton, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import css from "./Analytics.module.css";
import { Bars } from "./Bars";
import { DayTable } from "./DayTable";
import { isLine, kSpanWords, labelsOf, readRows, seriesOf, valueOf } from "./figures";
import type { Column, Row } from "./figures";
import type { ShownProps } from "./Filters";
import { nextWords } from "./ReadTimes";
import { usePlatformName } from "./usePlatformName";

// Recharts is as big as the rest of the page together: it comes when there is a line to draw.
// Without it the numbers are still there.
const Lines = lazy(() => import("./Lines").catch(() => ({ default: NoLines })));

function NoLines() {
  return <Text c="dimmed">The chart could not be loaded. The same numbers stand below.</Text>;
}

interface Props extends ShownProps {
  rows: Row[];
  columns: Column[];
  days: string[];
  way: "lines" | "bars";
}

/** One figure drawn: over the days where there are several, side by side where not. */
export function ChartPanel({ rows, columns, days, way, shown, change }: Props) {
  const platformName = usePlatformName();
  const column = columns.find(({ id }) => id === shown.figure) ?? firstRead(columns, rows);
  if (!column || !rows.some((row) => valueOf(row, column) !== undefined)) {
    return <NothingRead rows={rows} columns={columns} />;
  }
  const series = way === "lines" ? seriesOf(rows, column, days, platformName) : [];
  const lines = isLine(series);
  const [meaning] = column.metrics.length === 1 ? column.metrics : [];
  return (
    <section className={`panel ${css.chart}`} aria-labelledby="chart">
      <div className={css.top}>
        <div className={css.words}>
          <Title order={2} id="chart">
            {column.label} <span className={css.span}>{kSpanWords[column.span]}</span>
          </Title>
          <Text size="sm" c="dimmed">
            {meaning ? meaning.meaning : "Each platform counts in its own way."}
            {way === "lines" && !lines && " A line is drawn from the second day on."}
          </Text>
        </div>
        {columns.length > 1 && (
          <Select
            aria-label="Figure"
            className={css.choice}
            allowDeselect={false}
            data={columns.map(({ id, label, span }) => ({
              value: id,
              label: `${label}, ${kSpanWords[span]}`,
            }))}
            value={column.id}
            onChange={(figure) => change({ figure: figure ?? undefined })}
          />
        )}
      </div>
      {lines ? (
        <>
          <Suspense fallback={<Skeleton h={280} />}>
            <Lines
              caption={column.label}
              days={days}
              series={series}
              fromZero={column.span === "day" || shown.view === "posts"}
            />
          </Suspense>
          <NotDrawn drawn={series.length} of={readRows(rows, column).length} />
          <DayTable caption={column.label} days={days} series={series} />
        </>
      ) : (
        <Bars
          rows={rows}
          column={column}
          labels={way === "bars" ? rows.map(({ name }) => name) : labelsOf(rows, platformName)}
        />
      )}
    </section>
  );
}

function firstRead(columns: Column[], rows: Row[]): Column | undefined {
  return columns.find((column) => rows.some((row) => valueOf(row, column) !== undefined));
}

function NotDrawn({ drawn, of }: { drawn: number; of: number }) {
  if (drawn >= of) return null;
  return (
    <Text size="xs" c="dimmed">
      The {drawn} highest of {of} are drawn. Choose an account above to see another.
    </Text>
  );
}

function NothingRead({ rows, columns }: { rows: Row[]; columns: Column[] }) {
  const next = rows
    .map(({ figures }) => figures)
    .filter(({ next_at }) => next_at !== null)
    .toSorted((a, b) => a.next_at!.localeCompare(b.next_at!))[0];
  const when = next && nextWords(next);
  return (
    <section className={`panel ${css.chart}`} aria-label="Chart">
      <Title order={2}>{columns.length > 0 ? "No figures yet" : "No figures here"}</Title>
      <Text size="sm" c="dimmed">
        {columns.length === 0
          ? "The platforms chosen above offer none."
          : when
            ? `The first ones are read ${when}, and then daily.`
            : "The first ones come an hour after a post goes out, and then daily."}
      </Text>
    </section>
  );
}
