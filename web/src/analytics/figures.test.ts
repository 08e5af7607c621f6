import { describe, expect, it } from "vitest";
import type { Figures } from "../api/types";
import { someFigures, someMetric, somePublished } from "../testing/figures";
import { kTime } from "../testing/values";
import {
  changeOf,
  columnsOf,
  isLine,
  postRow,
  seriesOf,
  sorted,
  valueOf,
  whyNone,
} from "./figures";
import type { Column, Row } from "./figures";

function row(change: Partial<Row> = {}): Row {
  return {
    id: "a",
    name: "Morning Bakery",
    account: "Morning Bakery",
    platform: "alpha",
    accountKind: "page",
    figures: someFigures(),
    off: [],
    ...change,
  };
}

const read = (id: string, followers: number, change: Partial<Row> = {}) =>
  row({ id, figures: someFigures({ latest: { followers } }), ...change });

const kFollowers: Column = columnsOf([someMetric()], [row()])[0]!;

describe("columnsOf", () => {
  it("keeps a running total and what a day brought apart", () => {
    const metrics = [
      someMetric({ name: "views", label: "Views" }),
      someMetric({ name: "views", label: "Views", platform: "beta", span: "day" }),
    ];
    const columns = columnsOf(metrics, [row(), row({ id: "b", platform: "beta" })]);
    expect(columns.map(({ id }) => id)).toEqual(["views", "views.day"]);
    expect(columns.map((column) => column.metrics.length)).toEqual([1, 1]);
  });

  it("has one column for what several platforms offer, and first what most name first", () => {
    const metrics = [
      someMetric({ name: "karma" }),
      someMetric(),
      someMetric({ platform: "beta", theirs: "subscribers" }),
    ];
    const columns = columnsOf(metrics, [row(), row({ id: "b", platform: "beta" })]);
    expect(columns.map(({ name }) => name)).toEqual(["followers", "karma"]);
    expect(columns[0]?.metrics.map(({ theirs }) => theirs)).toEqual(["fan_count", "subscribers"]);
  });

  it("has each meaning once, although every page tells it", () => {
    expect(columnsOf([someMetric(), someMetric()], [row()])[0]?.metrics).toHaveLength(1);
  });

  it("leaves out what no row shown can have", () => {
    const metrics = [someMetric({ platform: "beta" }), someMetric({ account_kind: "member" })];
    expect(columnsOf(metrics, [row()])).toEqual([]);
  });
});

describe("a figure that is not there", () => {
  it("is never zero", () => {
    expect(valueOf(row(), kFollowers)).toBeUndefined();
    expect(valueOf(read("a", 0), kFollowers)).toBe(0);
  });

  it("is not taken from another meaning of the same name", () => {
    const perDay = { ...kFollowers, metrics: [someMetric({ platform: "beta", span: "day" })] };
    expect(valueOf(read("a", 5), perDay)).toBeUndefined();
  });

  it("is there for an account that is gone, whose kind nobody knows any more", () => {
    const members = { ...kFollowers, metrics: [someMetric({ account_kind: "member" })] };
    expect(valueOf(read("a", 5, { accountKind: "" }), members)).toBe(5);
    expect(valueOf(read("a", 5), members)).toBeUndefined();
  });

  it("says why: not offered, not for this kind, not permitted, not read yet, not said", () => {
    const beta = row({ platform: "beta" });
    expect(whyNone(beta, kFollowers, "Beta")).toBe("Beta does not offer this.");
    const members = { ...kFollowers, metrics: [someMetric({ account_kind: "member" })] };
    expect(whyNone(row(), members, "Alpha")).toContain("for this kind of account");
    const off = [{ names: ["followers"], scope: "insights", message: "Not permitted." }];
    expect(whyNone(row({ off }), kFollowers, "Alpha")).toBe("Not permitted.");
    const fresh = row({ figures: someFigures({ measured_at: null, next_at: kTime }) });
    expect(whyNone(fresh, kFollowers, "Alpha")).toBe("Not read yet.");
    expect(whyNone(row(), kFollowers, "Alpha")).toBe("Alpha did not say when it was last asked.");
  });
});

describe("changeOf", () => {
  const days: Figures["days"] = [
    { day: "2026-11-01", values: { posts: 1 } },
    { day: "2026-11-02", values: { followers: 100 } },
    { day: "2026-11-09", values: { followers: 90 } },
    { day: "2026-11-10", values: {} },
  ];
  const moved = row({ figures: someFigures({ days }) });

  it("goes from the first to the last day on which it was read", () => {
    expect(changeOf(moved, kFollowers)).toEqual({ by: -10, since: "2026-11-02" });
  });

  it("does not exist for one day, and not for what a day brought", () => {
    const one = row({ figures: someFigures({ days: days.slice(0, 2) }) });
    expect(changeOf(one, kFollowers)).toBeNull();
    expect(changeOf(moved, { ...kFollowers, span: "day" })).toBeNull();
  });
});

describe("sorted", () => {
  const rows = [read("two", 2), row({ id: "none" }), read("ten", 10), read("zero", 0)];
  const ids = (down: boolean) =>
    sorted(rows, [kFollowers], { by: "followers", down }).map(({ id }) => id);

  it("compares numbers, and has what has none at the end either way", () => {
    expect(ids(true)).toEqual(["ten", "two", "zero", "none"]);
    expect(ids(false)).toEqual(["zero", "two", "ten", "none"]);
  });

  it("keeps the order given where nothing was chosen, or what is not there", () => {
    expect(sorted(rows, [kFollowers], null)).toEqual(rows);
    expect(sorted(rows, [kFollowers], { by: "gone", down: true })).toEqual(rows);
  });
});

describe("seriesOf", () => {
  const days = ["2026-11-20", "2026-11-21", "2026-11-22"];
  const name = (id: string) => id.toUpperCase();
  const on = (id: string, values: [string, number][], change: Partial<Row> = {}) =>
    row({
      id,
      figures: someFigures({
        latest: { followers: values.at(-1)?.[1] ?? 0 },
        days: values.map(([day, followers]) => ({ day, values: { followers } })),
      }),
      ...change,
    });

  it("leaves a gap where a day was not read", () => {
    const gap = on("a", [
      ["2026-11-20", 0],
      ["2026-11-22", 2],
    ]);
    const series = seriesOf([gap], kFollowers, days, name);
    expect(series[0]?.values).toEqual([0, null, 2]);
    expect(isLine(series)).toBe(true);
  });

  it("is no line with one day", () => {
    expect(isLine(seriesOf([on("a", [["2026-11-22", 2]])], kFollowers, days, name))).toBe(false);
  });

  it("draws the six that have most", () => {
    const many = [3, 9, 1, 8, 7, 2, 6, 5].map((n) =>
      on(`n${n}`, [["2026-11-22", n]], { account: `n${n}` }),
    );
    const drawn = seriesOf(many, kFollowers, days, name).map(({ id }) => id);
    expect(drawn).toEqual(["n9", "n8", "n7", "n6", "n5", "n3"]);
  });

  it("calls lines by what tells them apart", () => {
    const both: Column = {
      ...kFollowers,
      metrics: [someMetric(), someMetric({ platform: "beta" })],
    };
    const value: [string, number][] = [["2026-11-22", 2]];
    const labels = (...rows: Row[]) => seriesOf(rows, both, days, name).map(({ label }) => label);
    const mine = on("a", value, { account: "Mia" });
    expect(labels(mine, on("b", value, { account: "Ben" }))).toEqual(["Mia", "Ben"]);
    const hers = on("b", value, { account: "Mia", platform: "beta" });
    expect(labels(mine, hers)).toEqual(["ALPHA", "BETA"]);
    const third = on("c", value, { account: "Ben" });
    expect(labels(mine, hers, third)).toEqual(["Mia · ALPHA", "Mia · BETA", "Ben · ALPHA"]);
  });
});

describe("postRow", () => {
  it("is called by its first line", () => {
    expect(postRow(somePublished()).name).toBe("Hello");
    expect(postRow(somePublished({ text: " \n" })).name).toBe("Post without text");
  });
});
