import { describe, expect, it } from "vitest";
import type { DeliveryState } from "../api/types";
import { someDelivery, somePost } from "../testing/values";
import {
  canCancel,
  canEdit,
  isUnsettled,
  kDeliveryLooks,
  kExplained,
  kPostLooks,
  shareOf,
} from "./status";

describe("words for states", () => {
  it("never call doubt a failure", () => {
    for (const state of ["unknown", "review"] as const) {
      const words = `${kDeliveryLooks[state].label} ${kExplained[state]}`;
      expect(words).not.toMatch(/fail|error|refus|not published|lost/i);
      expect(kDeliveryLooks[state].tone).not.toBe("bad");
    }
    expect(kPostLooks.needs_attention.tone).not.toBe("bad");
  });

  it("say what happens or what to do for every state that is not plain", () => {
    for (const state of ["parked", "unknown", "review", "missed", "failed"] as const) {
      expect(kExplained[state]).toBeTruthy();
    }
  });
});

const postIn = (...states: DeliveryState[]) =>
  somePost({ deliveries: states.map((state, n) => someDelivery({ id: `d${n}`, state })) });

describe("what can be done", () => {
  it("editing ends when anything is under way", () => {
    expect(canEdit(postIn("scheduled", "scheduled"))).toBe(true);
    expect(canEdit({ ...postIn("scheduled", "running"), status: "publishing" })).toBe(false);
    expect(canEdit(postIn("scheduled", "published"))).toBe(false);
  });

  it("cancelling is for what has not gone out", () => {
    expect(canCancel(postIn("published", "scheduled"))).toBe(true);
    expect(canCancel(postIn("parked"))).toBe(true);
    for (const state of [
      "published",
      "failed",
      "unknown",
      "review",
      "cancelled",
      "missed",
    ] as const) {
      expect(canCancel(postIn(state)), state).toBe(false);
    }
  });

  it("only what can still move by itself is asked about", () => {
    expect(isUnsettled(postIn("published", "unknown"))).toBe(true);
    expect(isUnsettled(postIn("published", "failed", "cancelled", "review"))).toBe(false);
  });
});

describe("shareOf", () => {
  it("is a share of bytes, never more than all", () => {
    expect(shareOf({ done_bytes: 1, total_bytes: 4, step: "" })).toBe(25);
    expect(shareOf({ done_bytes: 5, total_bytes: 4, step: "" })).toBe(100);
    expect(shareOf({ done_bytes: 0, total_bytes: 0, step: "" })).toBeNull();
    expect(shareOf(null)).toBeNull();
  });
});
