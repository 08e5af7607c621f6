import { expect, it } from "vitest";
import { countText } from "./counters";
import { loadWeighing } from "./weighing";

it("counts letters until it can weigh, and then as X does", async () => {
  expect(countText("日本", "weighted")).toBe(2);
  await loadWeighing();
  expect(countText("日本", "weighted")).toBe(4);
  expect(countText("Hi http://test.co", "weighted")).toBe(26);
  expect(countText("cafe\u0301", "weighted")).toBe(4);
  expect(countText("👨‍👩‍👧‍👦", "weighted")).toBe(2);
  expect(countText(`${"a".repeat(64)}.com`, "weighted")).toBe(68);
  expect(countText("", "weighted")).toBe(0);
});
