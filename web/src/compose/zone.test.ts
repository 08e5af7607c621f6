import { describe, expect, it } from "vitest";
import { allZones, instantOf, localOf } from "./zone";

const iso = (local: string, zone: string) => instantOf(local, zone)?.toISOString() ?? null;

describe("instantOf", () => {
  it.each([
    ["2026-11-22T09:30", "UTC", "2026-11-22T09:30:00.000Z"],
    ["2026-11-22T09:30", "Europe/Vienna", "2026-11-22T08:30:00.000Z"],
    ["2026-07-22T09:30", "Europe/Vienna", "2026-07-22T07:30:00.000Z"],
    ["2026-11-22T09:30", "Asia/Kathmandu", "2026-11-22T03:45:00.000Z"],
    ["2026-11-22T09:30", "Pacific/Kiritimati", "2026-11-21T19:30:00.000Z"],
    ["2026-11-22T09:30:00", "America/New_York", "2026-11-22T14:30:00.000Z"],
  ])("reads %s in %s", (local, zone, expected) => {
    expect(iso(local, zone)).toBe(expected);
  });

  it("has no instant for a time that the clock change skips", () => {
    expect(iso("2027-03-28T02:30", "Europe/Vienna")).toBeNull();
    expect(iso("2027-03-28T03:00", "Europe/Vienna")).toBe("2027-03-28T01:00:00.000Z");
  });

  it("takes the first of a time that happens twice", () => {
    expect(iso("2026-10-25T02:30", "Europe/Vienna")).toBe("2026-10-25T00:30:00.000Z");
  });

  it("has no instant for what is no time", () => {
    expect(iso("soon", "UTC")).toBeNull();
    expect(iso("", "UTC")).toBeNull();
  });
});

describe("localOf", () => {
  it("is the way back", () => {
    for (const zone of ["UTC", "Europe/Vienna", "America/St_Johns", "Pacific/Chatham"]) {
      const local = "2026-12-24T18:05";
      expect(localOf(instantOf(local, zone) ?? new Date(0), zone)).toBe(local);
    }
  });
});

describe("allZones", () => {
  it("has UTC, which browsers leave out, and real places", () => {
    expect(allZones()).toContain("UTC");
    expect(allZones()).toContain("Europe/Vienna");
  });
});
