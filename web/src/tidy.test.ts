// Rules of this folder that a program can check.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const kFiles = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((name) => `src/${name}`)
  .filter((name) => /\.(tsx?|css)$/.test(name) && !name.endsWith("schema.d.ts"));
const kSources = kFiles.filter((name) => !/\.test\.tsx?$|^src\/testing\//.test(name));
// Every platform has its guide.
const kIds = readdirSync("../docs/platforms").map((name) => name.replace(/\.md$/, ""));
// twitter-text is the name of a way to count, and of the library that does. Of an id that is also a
// word of ours, only the whole quoted id is found.
const kSpelt: Record<string, string> = {
  twitter: "twitter(?!-?text)",
  threads: "[\"'`]threads[\"'`]",
};
const kPlatforms = new RegExp(kIds.map((id) => kSpelt[id] ?? id).join("|"), "i");

const found = (names: string[], pattern: RegExp) =>
  names.filter((name) => pattern.test(readFileSync(name, "utf8")));

describe("tidy", () => {
  it("finds the sources", () => expect(kSources.length).toBeGreaterThan(50));

  it("has no code for a single platform", () => {
    expect(kIds).toContain("youtube");
    for (const id of kIds) expect(`if (id === "${id}")`).toMatch(kPlatforms);
    expect("more threads on twitter-text").not.toMatch(kPlatforms);
    expect(found(kSources, kPlatforms)).toEqual([]);
  });

  it("has no colour that the build would rewrite for old browsers, and break", () => {
    expect(found(kSources, /light-dark\(/)).toEqual([]);
  });

  it("writes no HTML of its own", () => {
    expect(found(kSources, /dangerouslySetInnerHTML|innerHTML|document\.write/)).toEqual([]);
  });

  it("keeps no token in storage", () => {
    expect(found(kSources, /Storage\.setItem\([^)]*token/i)).toEqual([]);
  });

  it("knows no server but its own", () => {
    expect(found(kSources, /fetch\(["'`]https?:|new URL\(["'`]https?:/)).toEqual([]);
  });

  it("has short files", () => {
    const long = kSources
      .filter((name) => !name.endsWith(".css"))
      .filter((name) => readFileSync(name, "utf8").split("\n").length > 200);
    expect(long).toEqual([]);
  });

  it("has lines of at most 100 columns", () => expect(found(kSources, /^.{101,}$/m)).toEqual([]));
});
