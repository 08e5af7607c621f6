import { describe, expect, it } from "vitest";
import { formatBytes, formatDuration, formatLimit } from "../platforms/limits";
import { formatDay, formatSpan, fromNow } from "./time";

const kNow = new Date(2026, 10, 22, 12, 0);
const away = (ms: number) => new Date(kNow.getTime() + ms);
const kHour = 3_600_000;

describe("times for people", () => {
  it("are near or far", () => {
    expect(fromNow(away(3 * kHour), kNow)).toBe("in 3 hours");
    expect(fromNow(away(-90_000), kNow)).toMatch(/^[12] minutes? ago$/);
    expect(fromNow(away(48 * kHour), kNow)).toBe("in 2 days");
    expect(fromNow(away(4000), kNow)).toBe("now");
  });

  it("are on the person's own day", () => {
    expect(formatDay(new Date(2026, 10, 22, 23, 59), kNow)).toBe("Today");
    expect(formatDay(new Date(2026, 10, 23, 0, 1), kNow)).toBe("Tomorrow");
    expect(formatDay(new Date(2026, 10, 21, 0, 0), kNow)).toBe("Yesterday");
    expect(formatDay(new Date(2026, 10, 29, 9, 0), kNow)).toMatch(/29/);
  });

  it("have a length", () => {
    expect(formatSpan(640)).toBe("640 ms");
    expect(formatSpan(1640)).toBe("1.6 s");
    expect(formatSpan(120_000)).toBe("2 min");
  });
});

describe("figures for people", () => {
  it("have the unit that suits their size", () => {
    expect(formatBytes(999)).toBe("999 bytes");
    expect(formatBytes(8 * 2 ** 20)).toBe("8 MB");
    expect(formatBytes(1.5 * 2 ** 30)).toBe("1.5 GB");
    expect(formatDuration(42)).toBe("0:42");
    expect(formatDuration(3725)).toBe("1:02:05");
    expect(formatLimit(2200, "characters")).toBe("2,200 characters");
    expect(formatLimit(300 * 2 ** 20, "bytes")).toBe("300 MB");
  });
});
