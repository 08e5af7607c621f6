import { describe, expect, it } from "vitest";
import { someKind, someRule } from "../testing/values";
import { defaultKind, takes, type MediaFacts } from "./kinds";

const media = (type: MediaFacts["type"], change: Partial<MediaFacts> = {}): MediaFacts => ({
  type,
  width: null,
  height: null,
  durationMs: null,
  ...change,
});
const image = media("image");
const video = media("video");

const kKinds = [
  someKind("photo", { min: 1, max: 1, types: ["image"] }),
  someKind("carousel", { min: 2, max: 10, types: ["image", "video"] }),
  someKind("reel", {
    min: 1,
    max: 1,
    types: ["video"],
    rules: [someRule({ type: "video", max_seconds: 90, max_ratio: 1 })],
  }),
  someKind("film", { min: 1, max: 1, types: ["video"] }),
];
const chosen = (...all: MediaFacts[]) => defaultKind(kKinds, all)?.id;

describe("defaultKind", () => {
  it("follows number and type of the media", () => {
    expect(chosen(image)).toBe("photo");
    expect(chosen(image, video)).toBe("carousel");
    expect(chosen(video)).toBe("reel");
  });

  it("follows shape and length once they are known", () => {
    expect(chosen(media("video", { width: 1080, height: 1920, durationMs: 30_000 }))).toBe("reel");
    expect(chosen(media("video", { width: 1920, height: 1080, durationMs: 30_000 }))).toBe("film");
    expect(chosen(media("video", { width: 1080, height: 1920, durationMs: 91_000 }))).toBe("film");
  });

  it("takes the nearest one when nothing suits: the server says what is wrong", () => {
    expect(chosen()).toBe("photo");
    expect(defaultKind([someKind("photo", { min: 1, max: 1 })], [image, image])?.id).toBe("photo");
    expect(defaultKind([], [image])).toBeUndefined();
  });

  it("prefers words alone where there are no media", () => {
    const kinds = [someKind("photo", { min: 1 }), someKind("words", { min: 0, max: 0 })];
    expect(defaultKind(kinds, [])?.id).toBe("words");
  });
});

describe("takes", () => {
  it("refuses what the kind has no use for", () => {
    const words = someKind("words", { min: 0, max: 0, types: [] });
    expect(takes(words, [])).toBe(true);
    expect(takes(words, [image])).toBe(false);
  });
});
