import { describe, expect, it } from "vitest";
import type { Platform } from "../api/types";
import { kFact, someKind, someOption, somePlatform, someRule } from "../testing/values";
import { rulesOf } from "./rules";

const said = (platform: Platform) =>
  rulesOf(platform).map(({ label, value, kinds }) => [label, value, kinds.join(", ")]);
const quiet = { text: { ...someKind("").text, max: null } };

describe("rulesOf", () => {
  it("says what a text and its files may be like, each with its source and the day", () => {
    const image = someRule({ max_bytes: 8 * 2 ** 20, min_ratio: 0.8, max_ratio: 1.91 });
    const video = someRule({
      type: "video",
      max_width: 1920,
      min_seconds: 3,
      max_seconds: 900,
      source: "https://alpha.example/video",
      checked_on: "2026-11-20",
    });
    const media = { min: 2, max: 10, types: ["image", "video"] as ("image" | "video")[] };
    const kind = someKind("album", { ...media, rules: [image, video], alt_text_max: 1000 });
    const platform = somePlatform({ kinds: [kind] });
    expect(said(platform)).toEqual([
      ["Text", "At most 100 characters", ""],
      ["Files", "2 to 10 (picture or video)", ""],
      ["Picture, size", "At most 8 MB", ""],
      ["Picture, width by height", "0.8 to 1.91", ""],
      ["Video, width", "At most 1,920 pixels", ""],
      ["Video, length", "0:03 to 15:00", ""],
      ["Description of a picture", "At most 1,000 characters", ""],
    ]);
    const length = rulesOf(platform).find(({ label }) => label === "Video, length");
    expect(length).toMatchObject({ source: video.source, checked_on: video.checked_on });
  });

  it("counts a text in the platform's unit, and says nothing where none is taken", () => {
    const text = { allowed: true, required: false, max: 280, counted_as: "weighted" } as const;
    const kinds = [
      someKind("post", { max: 0 }, { text: { ...text, ...kFact } }),
      someKind("story", { max: 0 }, { text: { ...text, ...kFact, allowed: false } }),
    ];
    expect(said(somePlatform({ kinds }))).toEqual([
      ["Text", "At most 280 weighted characters", "post"],
    ]);
  });

  it("has one row for the kinds that share it, beside the others of its name", () => {
    const one = (id: string, max: number) => someKind(id, { min: 1, max }, quiet);
    const kinds = [one("photo", 1), one("album", 10), one("story", 1)];
    expect(said(somePlatform({ kinds }))).toEqual([
      ["Files", "1 (picture)", "photo, story"],
      ["Files", "1 to 10 (picture)", "album"],
    ]);
  });

  it("says what can be set and what its file must be like", () => {
    const options = [
      someOption("title", { label: "Title", max: 250, counted_as: "utf8_bytes" }),
      someOption("loud", { type: "boolean" }),
      someOption("list", { type: "choice", choices_from: "lists", max: 64 }),
      someOption("cover", { label: "Cover", type: "media", media: someRule({ max_bytes: 2048 }) }),
    ];
    const kinds = [someKind("post", { max: 0 }, { ...quiet, options })];
    expect(said(somePlatform({ kinds }))).toEqual([
      ["Title", "At most 250 bytes of UTF-8", ""],
      ["Cover, size", "At most 2 KB", ""],
    ]);
  });
});
