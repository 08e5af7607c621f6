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

// Every way of naming another place, before every place, with every end.
const kBefore = [
  ...["", "/", "//", "///", "\\", "\\\\", "/\\", "\\/", "/\\/"],
  ...["\t", "/\t/", "/\n/", "/\r/", " ", "/ /", "\u0000/", "\u00a0//"],
  ...["http://", "https://", "https:", "https:/", "https:///", "HTTPS://", "ftp://", "ws://"],
  ...["javascript:", "JaVaScRiPt:", "data:text/html,", "blob:", "vbscript:"],
  ...["%2f%2f", "/%5c", "/%2f", "%5c%5c", "/%09/"],
  ...["/./", "/../", "/..//", "/.//", "//..//", "/x/..//"],
  ...["//app.example@", "https://app.example@", "https://app.example\\@", "/@", "//@"],
  ...["?", "#", ";//"],
];
const kHosts = ["evil.example", "evil.example:443", "ｅvil.example", "évil.example", "[::1]"];
const kAfter = ["", "/", "/posts", "?next=/posts", "#/posts", "\\posts", "//posts", "%00"];

it("O-23: no way of writing another site leads off this one", () => {
  const wanted = kBefore.flatMap((a) => kHosts.flatMap((b) => kAfter.map((c) => a + b + c)));
  expect(wanted.length).toBeGreaterThan(600);
  for (const one of wanted) {
    const page = nextPage(one);
    expect(new URL(page, window.location.href).origin, one).toBe(window.location.origin);
    expect(page, one).toMatch(/^\/(?![/\\])/);
  }
});
