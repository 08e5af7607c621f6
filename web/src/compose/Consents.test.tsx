import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Consent, OptionValue } from "../api/types";
import { draw } from "../testing/draw";
import { kFact, someAccount, someKind, somePlatform } from "../testing/values";
import { Consents } from "./Consents";
import { newTarget } from "./draft";

const music = { label: "Music Terms", url: "https://toy.test/music" };
const policy = { label: "Ad Policy", url: "https://toy.test/ads" };
const plain: Consent = {
  text: "You agree to the Music Terms.",
  links: [music],
  option: "ad",
  when: false,
  ...kFact,
};
const ad: Consent = {
  text: "You agree to the Ad Policy and Music Terms.",
  links: [policy, music],
  option: "ad",
  when: true,
  ...kFact,
};

function aim(options: Record<string, OptionValue>) {
  return {
    target: { ...newTarget("acc_1"), options },
    account: someAccount(),
    platform: somePlatform(),
    kind: someKind("video", {}, { consents: [plain, ad] }),
  };
}

const shown = () => document.body.textContent;

describe("Consents", () => {
  it("shows the sentence of an option that is not set, with its link", () => {
    draw(<Consents aims={[aim({})]} />);
    expect(shown()).toContain(plain.text);
    expect(shown()).not.toContain(ad.text);
    expect(screen.getByRole("link", { name: "Music Terms" }).getAttribute("href")).toBe(music.url);
  });

  it("shows the other once the option is set", () => {
    draw(<Consents aims={[aim({ ad: true })]} />);
    expect(shown()).toContain(ad.text);
    expect(shown()).not.toContain(plain.text);
    expect(screen.getAllByRole("link")).toHaveLength(2);
  });

  it("says the same to two accounts once", () => {
    draw(<Consents aims={[aim({}), aim({ ad: false })]} />);
    expect(screen.getAllByRole("link")).toHaveLength(1);
  });

  it("says nothing where nothing is asked for", () => {
    draw(<Consents aims={[{ ...aim({}), kind: someKind("image") }]} />);
    expect(screen.queryByRole("link")).toBeNull();
  });
});
