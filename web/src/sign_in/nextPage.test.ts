import { describe, expect, it } from "vitest";
import { nextPage } from "./nextPage";

describe("nextPage", () => {
  it("goes where the person wanted to go", () => {
    expect(nextPage("/posts/post_1?a=b")).toBe("/posts/post_1?a=b");
  });

  it.each([
    null,
    "",
    "posts",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/ /evil.example",
    "/posts\\..\\evil",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\u0000/posts",
  ])("does not leave this app for %j", (wanted) => {
    expect(nextPage(wanted)).toBe("/social-platform");
  });
});
