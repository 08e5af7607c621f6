import { describe, expect, it } from "vitest";
import { about, findingsIn, lineOf, of, softened, whileUploading, type Finding } from "./findings";

const finding = (field: string, change: Partial<Finding> = {}): Finding => ({
  target: 0,
  rule: null,
  field,
  message: `${field}!`,
  severity: "error",
  source: null,
  ...change,
});

describe("findings", () => {
  it("of a refused submission find the same fields as those of a check", () => {
    const fault = (field: string) => ({ field, rule: "r", message: "m" });
    const found = findingsIn([
      fault("targets/2/options/title"),
      fault("due_local"),
      fault("/targets/0/text"),
    ]);
    expect(found.map(({ target, field }) => [target, field])).toEqual([
      [2, "options/title"],
      [null, "due_local"],
      [0, "text"],
    ]);
  });

  it("are about a field or what is in it, not about one that begins alike", () => {
    const all = ["media", "media/0", "media_count", "options/media"].map((field) => finding(field));
    expect(about("media", all).map(({ field }) => field)).toEqual(["media", "media/0"]);
  });

  it("are told apart by target", () => {
    const all = [finding("text", { target: null }), finding("text")];
    expect(of(null, all)).toEqual([all[0]]);
  });

  it("make one line of what is wrong, without the warnings", () => {
    const all = [finding("a"), finding("b", { severity: "warning" }), finding("c")];
    expect(lineOf(all)).toBe("a! c!");
    expect(lineOf(all, "warning")).toBe("b!");
    expect(lineOf([])).toBeUndefined();
  });

  it("about what is still empty are something to do, not a mistake", () => {
    const all = [finding("options/title"), finding("text", { severity: "warning" })];
    expect(softened(all, () => true).map(({ severity }) => severity)).toEqual(["todo", "warning"]);
    expect(softened(all, () => false)).toEqual(all);
  });

  it("about media wait until the media have arrived", () => {
    const all = ["media", "media/1", "kind", "text"].map((field) => finding(field));
    expect(whileUploading(all).map(({ field }) => field)).toEqual(["text"]);
  });
});
