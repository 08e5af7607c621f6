import { expect, it } from "vitest";
import { acceptOf, kPostFiles, typeOf } from "./files";

it("guesses by the type, and by the name where there is none", () => {
  expect(typeOf({ name: "a.mov", type: "video/quicktime" })).toBe("video");
  expect(typeOf({ name: "a", type: "application/pdf" })).toBe("document");
  expect(typeOf({ name: "Menu.PPTX", type: "" })).toBe("document");
  expect(typeOf({ name: "words.srt", type: "" })).toBe("captions");
  expect(typeOf({ name: "words.vtt", type: "text/vtt" })).toBe("captions");
  expect(typeOf({ name: "srt", type: "" })).toBe("image");
});

it("offers endings where systems may not know the type", () => {
  expect(acceptOf(["image/jpeg"])).toBe("image/jpeg");
  expect(acceptOf(["text/vtt", "application/x-subrip"])).toBe(
    "text/vtt,application/x-subrip,.vtt,.srt",
  );
  expect(Object.keys(kPostFiles)).not.toContain("text/vtt");
});
