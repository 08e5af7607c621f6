import { Text } from "@mantine/core";
import { SourceLink } from "../platforms/SourceLink";
import css from "./Analytics.module.css";
import { kSpanWords, type Column } from "./figures";
import { usePlatformName } from "./usePlatformName";

/** What each platform means by one figure. */
export function MeaningList({ column }: { column: Column }) {
  const platformName = usePlatformName();
  return column.metrics.map(({ platform, theirs, meaning, account_kind }) => (
    <Text key={platform + account_kind} size="xs" className={css.meaning}>
      <b>
        {platformName(platform)}
        {account_kind && ` (${account_kind})`}
      </b>{" "}
      {theirs}: {meaning}
    </Text>
  ));
}

/** The same with sources, for who wants to know exactly. */
export function Meanings({ columns }: { columns: Column[] }) {
  const platformName = usePlatformName();
  return (
    <details className={css.details}>
      <summary>What the figures mean</summary>
      <Text size="sm" c="dimmed" mb="sm">
        A total has grown since the beginning; what came about in a day is that of the day before it
        was read. Platforms count differently, so compare like with like. A dash is not zero: point
        at it, and it says why.
      </Text>
      <dl className={css.meanings}>
        {columns.map((column) => (
          <div key={column.id}>
            <dt>
              {column.label} <span className={css.span}>{kSpanWords[column.span]}</span>
            </dt>
            {column.metrics.map((metric) => (
              <dd key={metric.platform + metric.account_kind}>
                <b>
                  {platformName(metric.platform)}
                  {metric.account_kind && ` (${metric.account_kind})`}
                </b>{" "}
                <code>{metric.theirs}</code> {metric.meaning}{" "}
                <SourceLink source={metric.source} checkedOn={metric.checked_on} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
