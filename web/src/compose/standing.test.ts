import { describe, expect, it } from "vitest";
import type { Option, OptionValue } from "../api/types";
import { someAccount, someKind, someOption, somePlatform } from "../testing/values";
import { newTarget } from "./draft";
import { shownOf } from "./standing";

function named(options: Option[], values: Record<string, OptionValue> = {}) {
  const target = { ...newTarget("acc_1"), options: values };
  const kind = someKind("photo", {}, { options });
  const aim = { target, account: someAccount(), platform: somePlatform(), kind };
  const { shown, hidden } = shownOf(aim);
  return [shown, hidden].map((some) => some.map(({ name }) => name).join(" "));
}

describe("shownOf", () => {
  const single = ["a", "b", "c", "d", "e"].map((name) => someOption(name));

  it("keeps four in sight, what must be filled in first", () => {
    const must = someOption("must", { required: true });
    expect(named([...single, must])).toEqual(["must a b c", "d e"]);
    expect(named(single)).toEqual(["a b c d", "e"]);
  });

  it("keeps a switch in sight, and below it what it opens while it is on", () => {
    const ad = someOption("ad", { type: "boolean", default: false });
    const own = someOption("own", { under: "ad" });
    const options = [...single, ad, own];
    expect(named(options)).toEqual(["a b c d ad", "e"]);
    expect(named(options, { ad: true })).toEqual(["a b c d ad own", "e"]);
    expect(named([{ ...ad, default: true }, own])).toEqual(["ad own", ""]);
    expect(named([{ ...ad, default: true }, own], { ad: false })).toEqual(["ad", ""]);
  });
});
