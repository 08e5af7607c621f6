import { describe, expect, it } from "vitest";
import { addressOf, periodWith, readAddress, type Shown } from "./address";

const read = (words: string) => readAddress(new URLSearchParams(words));

describe("the address", () => {
  it("keeps all that is shown", () => {
    const shown: Shown = {
      view: "posts",
      platform: "alpha",
      account: "acc 1&2",
      post: "post_1",
      days: 90,
      figure: "views.day",
    };
    expect(readAddress(addressOf(shown))).toEqual(shown);
  });

  it("is empty for what is usual", () => {
    expect(String(addressOf(read("")))).toBe("");
    expect(String(addressOf(read("view=accounts&days=30&platform=")))).toBe("");
  });

  it("takes no view and no period that does not exist", () => {
    expect(read("view=tea&days=31")).toMatchObject({ view: "accounts", days: 30 });
  });
});

describe("periodWith", () => {
  const now = new Date("2026-11-22T00:30:00Z");
  const at = (time: string) => periodWith(new Date(time), now);

  it("is the shortest that holds the day, by the days of UTC", () => {
    expect(at("2026-11-22T00:10:00Z")).toBe(7);
    expect(at("2026-11-16T00:00:00Z")).toBe(7);
    expect(at("2026-11-15T23:59:59Z")).toBe(30);
    expect(at("2026-10-24T00:00:00Z")).toBe(30);
    expect(at("2026-10-23T23:00:00Z")).toBe(90);
    expect(at("2026-08-24T23:00:00Z")).toBeNull();
  });
});
