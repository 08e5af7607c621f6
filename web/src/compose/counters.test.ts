import { describe, expect, it } from "vitest";
import { countersOf, countText } from "./counters";

describe("countText", () => {
  it.each([
    ["", 0, 0, 0],
    ["bread", 5, 5, 5],
    ["Brötchen", 8, 8, 9],
    ["パン", 2, 2, 6],
    ["🥐", 1, 2, 4],
    ["👨‍👩‍👧", 5, 8, 18],
    ["a\nb", 3, 3, 3],
    ["\ud800", 1, 1, 3],
  ])("counts %j in each unit", (text, points, units, bytes) => {
    expect(countText(text, "code_points")).toBe(points);
    expect(countText(text, "utf16_units")).toBe(units);
    expect(countText(text, "utf8_bytes")).toBe(bytes);
  });
});

// As src/domain/text_test.cc says it.
it.each([
  ["Brötchen 日本 ’", 13],
  ["🥐", 4],
  ["👨‍👩‍👧!", 19],
  ["🇩🇪", 8],
  ["1\ufe0f\u20e3", 7],
  ["❤\ufe0f ❤\ufe0e", 9],
  ["🥲", 4],
  ["𠀀", 1],
])("counts %j with emoji as their bytes", (text, length) => {
  expect(countText(text, "emoji_bytes")).toBe(length);
});

describe("countersOf", () => {
  const of = (
    label: string,
    max: number | null,
    unit: "code_points" | "utf8_bytes" = "code_points",
  ) => ({
    label,
    text: "häää",
    max,
    unit,
  });

  it("puts the tightest first", () => {
    expect(countersOf([of("A", 100), of("B", 5)]).map(({ label }) => label)).toEqual(["B", "A"]);
  });

  it("joins what has the same limit, naming each platform once", () => {
    const [counter, ...rest] = countersOf([of("A", 10), of("A", 10), of("B", 10)]);
    expect(counter).toEqual({ label: "A, B", used: 4, max: 10 });
    expect(rest).toEqual([]);
  });

  it("keeps apart what counts differently", () => {
    expect(countersOf([of("A", 10), of("B", 10, "utf8_bytes")]).map(({ used }) => used)).toEqual([
      7, 4,
    ]);
  });

  it("has nothing to say where there is no limit", () => {
    expect(countersOf([of("A", null)])).toEqual([]);
  });
});
