// Figures of accounts and of published posts as rows and columns, and why a place is empty.
import type { AccountAnalytics, Figures, FiguresOff, Metric, PostAnalytics } from "../api/types";

export interface Row {
  id: string;
  name: string;
  account: string; // Its name.
  platform: string;
  accountKind: string;
  figures: Figures;
  off: FiguresOff[];
}

/** One figure over all platforms. A running total is one thing, and what a day brought another. */
export interface Column {
  id: string;
  name: string;
  label: string;
  span: Metric["span"];
  metrics: Metric[]; // What each platform means by it.
}

export const kSpanWords: Record<Column["span"], string> = { so_far: "total", day: "in a day" };

export function accountRows({ accounts }: AccountAnalytics): Row[] {
  return accounts.map(({ account, figures, off }) => ({
    id: account.id,
    name: account.name,
    account: account.name,
    platform: account.platform,
    accountKind: account.kind,
    figures,
    off,
  }));
}

export type Published = PostAnalytics["posts"][number];

export function postRow(post: Published, off: FiguresOff[] = []): Row {
  return {
    id: post.delivery_id,
    name: titleOf(post),
    account: post.account_name || "Account disconnected since",
    platform: post.platform,
    accountKind: post.account_kind,
    figures: post.figures,
    off,
  };
}

/** Its first line, for lists. */
export function titleOf({ text }: { text: string }): string {
  return text.trim().split("\n")[0] || "Post without text";
}

type Owner = Pick<Row, "platform" | "accountKind">;

/** The kind of an account that is gone is not known any more. */
export function isOf({ platform, account_kind }: Metric, row: Owner): boolean {
  if (platform !== row.platform) return false;
  return account_kind === "" || row.accountKind === "" || account_kind === row.accountKind;
}

const isSame = (a: Metric, b: Metric) =>
  a.platform === b.platform && a.account_kind === b.account_kind;

/** What these rows can have; first what most of their platforms name first. */
export function columnsOf(metrics: Metric[], rows: Row[]): Column[] {
  const columns = new Map<string, Column>();
  const weights = new Map<string, number>();
  for (const row of rows) {
    const offered = metrics.filter((metric) => isOf(metric, row));
    offered.forEach((metric, place) => {
      const { name, label, span } = metric;
      const id = span === "day" ? `${name}.day` : name;
      weights.set(id, (weights.get(id) ?? 0) + 1 / (place + 1));
      const known = columns.get(id) ?? { id, name, label, span, metrics: [] };
      if (known.metrics.some((one) => isSame(one, metric))) return;
      columns.set(id, { ...known, metrics: [...known.metrics, metric] });
    });
  }
  return [...columns.values()].sort((a, b) => weights.get(b.id)! - weights.get(a.id)!);
}

export function metricOf({ metrics }: Column, row: Owner): Metric | undefined {
  return metrics.find((metric) => isOf(metric, row));
}

/** The last reading; undefined where there is none, which is never zero. */
export function valueOf(row: Row, column: Column): number | undefined {
  return metricOf(column, row) && row.figures.latest[column.name];
}

/** Why there is no figure, in a sentence. */
export function whyNone(row: Row, column: Column, platformName: string): string {
  if (!metricOf(column, row)) {
    const elsewhere = column.metrics.some(({ platform }) => platform === row.platform);
    return `${platformName} does not offer this${elsewhere ? " for this kind of account" : ""}.`;
  }
  const off = row.off.find(({ names }) => names.includes(column.name));
  if (off) return off.message;
  const { measured_at, next_at } = row.figures;
  if (measured_at === null) return next_at === null ? "Not read." : "Not read yet.";
  return `${platformName} did not say when it was last asked.`;
}

export interface Change {
  by: number;
  since: string;
}

/** How a running total moved over the days that were read; null when that is one day, or none. */
export function changeOf({ figures }: Row, { name, span }: Column): Change | null {
  if (span !== "so_far") return null;
  const read = figures.days.filter(({ values }) => values[name] !== undefined);
  const [first, last] = [read[0], read.at(-1)];
  if (!first || !last || first === last) return null;
  return { by: last.values[name]! - first.values[name]!, since: first.day };
}

export interface Order {
  by: string; // Column::id, or "name".
  down: boolean;
}

/** A new list; what has no figure comes last either way. */
export function sorted(rows: Row[], columns: Column[], order: Order | null): Row[] {
  const column = columns.find(({ id }) => id === order?.by);
  const way = order?.down ? -1 : 1;
  if (order?.by === "name") {
    return rows.toSorted((a, b) => way * a.name.localeCompare(b.name));
  }
  if (!column) return rows;
  return rows.toSorted((a, b) => {
    const [of, other] = [valueOf(a, column), valueOf(b, column)];
    if (of === undefined || other === undefined) {
      return Number(of === undefined) - Number(other === undefined);
    }
    return way * (of - other);
  });
}

/** One row's figure over the days of the period; a day that was not read is a gap. */
export interface Series {
  id: string;
  label: string;
  values: (number | null)[];
}

const kMostLines = 6; // More cannot be told apart.

/** The shortest words that tell the accounts of these rows apart. */
export function labelsOf(rows: Row[], platformName: (id: string) => string): string[] {
  const apart = (labels: string[]) => new Set(labels).size === labels.length;
  const names = rows.map(({ account }) => account);
  if (apart(names)) return names;
  const platforms = rows.map(({ platform }) => platformName(platform));
  return apart(platforms) ? platforms : names.map((name, at) => `${name} · ${platforms[at]}`);
}

/** Those for which there is a figure in the period. */
export function readRows(rows: Row[], column: Column): Row[] {
  return rows.filter(
    (row) => metricOf(column, row) && row.figures.days.some(({ values }) => column.name in values),
  );
}

/** The rows with the highest figures, as lines. */
export function seriesOf(
  rows: Row[],
  column: Column,
  days: string[],
  platformName: (id: string) => string,
): Series[] {
  const drawn = sorted(readRows(rows, column), [column], { by: column.id, down: true }).slice(
    0,
    kMostLines,
  );
  const labels = labelsOf(drawn, platformName);
  return drawn.map((row, at) => {
    const on = new Map(row.figures.days.map(({ day, values }) => [day, values[column.name]]));
    return { id: row.id, label: labels[at]!, values: days.map((day) => on.get(day) ?? null) };
  });
}

/** Two days at least: what is less is no line. */
export function isLine(series: Series[]): boolean {
  return series.some(({ values }) => values.filter((value) => value !== null).length > 1);
}
