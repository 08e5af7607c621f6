import { describe, expect, it } from "vitest";
import { Submission } from "./submission";

const draft = (text: string) => ({ text, media: [], targets: [{ account_id: "a", kind: "k" }] });

describe("Submission", () => {
  it("keeps its key while the same thing is sent again", () => {
    const submission = new Submission();
    expect(submission.keyFor(draft("a"))).toBe(submission.keyFor(draft("a")));
  });

  it("has another key for another thing, and a new one when the first comes back", () => {
    const submission = new Submission();
    const keys = ["a", "b", "a"].map((text) => submission.keyFor(draft(text)));
    expect(new Set(keys).size).toBe(3);
  });

  it("lets the same words be a new post once the first is settled", () => {
    const submission = new Submission();
    const first = submission.keyFor(draft("a"));
    submission.done();
    expect(submission.keyFor(draft("a"))).not.toBe(first);
  });
});
