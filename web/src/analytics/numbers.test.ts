import { describe, expect, it } from "vitest";
import { daysBetween, firstDay, formatChange, formatFigure, formatUtcDay } from "./numbers";

describe("figures", () => {
  it("have separators, and a change has its sign", () => {
    expect(formatFigure(1234567)).toBe("1,234,567");
    expect(formatChange(12)).toBe("+12");
    expect(formatChange(-1200)).toBe("−1,200");
    expect(formatChange(0)).toBe("0");
  });
});

describe("days", () => {
  it("are those of UTC", () => {
    expect(formatUtcDay("2026-11-22")).toBe("Nov 22");
    expect(firstDay(7, new Date("2026-11-22T23:59:59Z"))).toBe("2026-11-16");
    expect(firstDay(1, new Date("2026-11-22T00:00:00Z"))).toBe("2026-11-22");
  });

  it("follow each other over the end of a month, both ends included", () => {
    expect(daysBetween("2026-10-30", "2026-11-01")).toEqual([
      "2026-10-30",
      "2026-10-31",
      "2026-11-01",
    ]);
  });
});
