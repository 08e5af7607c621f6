import { expect, it } from "vitest";
import { countText } from "./counters";

it.each([
  ["", 0],
  ["✨", 1],
  ["e\u0301", 1],
  ["🏳\ufe0f\u200d⚧\ufe0f", 1],
  ["👨‍👩‍👧 👍🏽", 3],
  [`http://${"b".repeat(30)}.com/example`, 23],
  ["see https://a.de.", 28],
  ["ahttp://example.com/loaf", 24],
  ["example.com/loaf", 16],
  [`@alice@${"b".repeat(30)}.com`, 6],
  ["Hi @a.b-c@social.example!", 10],
  ["a@b@c.de", 8],
  ["https://social.example/@ada@other.example/1", 23],
])("counts %j as what is read", (text, length) => {
  expect(countText(text, "clusters")).toBe(length);
});
