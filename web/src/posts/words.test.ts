import { describe, expect, it } from "vitest";
import type { Attempt } from "../api/types";
import { someDelivery, someKind, someOption, somePlatform, somePost } from "../testing/values";
import { stepOf, titleOf, wordsOf } from "./words";

const kOptions = [someOption("note"), someOption("title", { required: true })];
const kPlatforms = [somePlatform({ kinds: [someKind("film", {}, { options: kOptions })] })];

const filmed = (options: Record<string, string>) =>
  somePost({
    text: "",
    targets: [{ account_id: "acc_1", kind: "film", options }],
    deliveries: [someDelivery({ kind: "film" })],
  });

describe("titleOf", () => {
  it("is the first line, cut where a word ends", () => {
    const text = `${"bread ".repeat(12)}\nand more`;
    expect(titleOf(somePost({ text: "One\nTwo" }), [])).toBe("One");
    expect(titleOf(somePost({ text }), [])).toBe(`${"bread ".repeat(9)}bread…`);
  });

  it("is what the platform asks for where there is no text", () => {
    expect(titleOf(filmed({ note: "n", title: "Bread at dawn" }), kPlatforms)).toBe(
      "Bread at dawn",
    );
    expect(titleOf(filmed({ note: "n" }), kPlatforms)).toBe("Post without text");
    expect(wordsOf(filmed({}), kPlatforms)).toBeNull();
  });
});

describe("stepOf", () => {
  const step = (text: string) => stepOf({ step: text } as Attempt);

  it("tells what is done from the call that does it", () => {
    const call = "PUT a.example/videos";
    expect(step(`upload: ${call}`)).toEqual({ what: "Upload", call });
  });

  it("names the calls of a conversation, and what became of those that were not accepted", () => {
    const calls = "GET a.example/me: accepted (200); GET a.example/limits: refused (403)";
    expect(step(`lookup; ${calls}`)).toEqual({
      what: "Lookup",
      call: "GET a.example/me · GET a.example/limits: refused (403)",
    });
  });

  it("leaves other words alone", () => {
    expect(step("Ask whether it is ready")).toEqual({
      what: "Ask whether it is ready",
      call: null,
    });
    expect(step("note: it waits")).toEqual({ what: "Note: it waits", call: null });
  });
});
