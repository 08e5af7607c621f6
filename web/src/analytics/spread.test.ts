import { describe, expect, it } from "vitest";
import { spread } from "./spread";

describe("spread", () => {
  it("leaves labels alone that do not touch", () => {
    expect(spread([80, 10, 45], 15, 0, 100)).toEqual([80, 10, 45]);
  });

  it("keeps labels apart, in their order, within the bounds", () => {
    const wanted = [99, 98, 97, 2, 50];
    const placed = spread(wanted, 15, 0, 100);
    const order = (heights: number[]) =>
      heights.map((_, at) => at).sort((a, b) => heights[a]! - heights[b]!);
    expect(order(placed)).toEqual(order(wanted));
    const heights = placed.toSorted((a, b) => a - b);
    for (let at = 1; at < heights.length; at += 1) {
      expect(heights[at]! - heights[at - 1]!).toBeGreaterThanOrEqual(15);
    }
    expect(heights[0]).toBeGreaterThanOrEqual(0);
    expect(heights.at(-1)).toBeLessThanOrEqual(100);
  });
});
