import { describe, expect, it } from "vitest";
import type { Platform } from "../api/types";
import { newItem, type Item } from "../media/item";
import { kFact, someAccount, someKind, someOption, somePlatform } from "../testing/values";
import { aimsOf, bodyOf } from "./body";
import { edited, emptyDraft, newTarget, suggestedLocal, type Draft, type Edit } from "./draft";

const kNow = new Date("2026-11-22T08:20:00Z");

const write = (...edits: Edit[]): Draft => edits.reduce(edited, emptyDraft(kNow, "UTC"));

function readyItem(key: string, change: Partial<Item> = {}): Item {
  const facts = { key, state: "ready" as const, mediaId: `med_${key}`, ...change };
  return { ...newItem(key, "image"), ...facts };
}

function sent(draft: Draft, items: Item[] = [], change: Partial<Platform> = {}) {
  const kind = someKind(
    "photo",
    {},
    { options: [someOption("title"), someOption("cover", { type: "media" })] },
  );
  const known = {
    platforms: [somePlatform({ kinds: [kind, someKind("words")], ...change })],
    accounts: [someAccount(), someAccount({ id: "acc_2" })],
    items: new Map(items.map((item) => [item.key, item])),
  };
  return bodyOf(draft, aimsOf(draft, known), known.items);
}

const choose = (accountId: string, chosen = true): Edit => ({ type: "account", accountId, chosen });
const added = (...keys: string[]): Edit => ({ type: "media_added", keys });

describe("a draft, as it is sent", () => {
  it("has text, accounts in the order chosen, and no time when it is for now", () => {
    const draft = write({ type: "text", text: "Hi" }, choose("acc_2"), choose("acc_1"));
    expect(sent(draft)).toEqual({
      text: "Hi",
      media: [],
      targets: [
        { account_id: "acc_2", kind: "photo", options: {} },
        { account_id: "acc_1", kind: "photo", options: {} },
      ],
    });
  });

  it("has wall-clock time and zone when it is for later", () => {
    const change = { later: true, local: "2026-12-24T18:00", zone: "Europe/Vienna" };
    const body = sent(write(choose("acc_1"), { type: "when", change }));
    expect(body).toMatchObject({ due_local: "2026-12-24T18:00", time_zone: "Europe/Vienna" });
    expect(body).not.toHaveProperty("due_at");
  });

  it("has the media in their order, with trimmed alt text, and only those that are ready", () => {
    const draft = write(
      added("a", "b", "c"),
      { type: "alt", key: "c", alt: " A roll. " },
      { type: "media_moved", key: "c", to: 0 },
    );
    const items = [readyItem("a"), readyItem("b", { state: "uploading" }), readyItem("c")];
    expect(sent(draft, items).media).toEqual([
      { media_id: "med_c", alt_text: "A roll." },
      { media_id: "med_a" },
    ]);
  });

  it("leaves out options that are empty or that the kind does not have", () => {
    const option = (name: string, value: string): Edit => ({
      type: "option",
      target: "acc_1",
      name,
      value,
    });
    const draft = write(choose("acc_1"), option("title", "T"), option("privacy", "public"));
    expect(sent(draft).targets[0]?.options).toEqual({ title: "T" });
    expect(sent(edited(draft, option("title", ""))).targets[0]?.options).toEqual({});
  });

  it("names an option's file once it is ready, and forgets it when it is taken away", () => {
    const upload = (key: string | null): Edit => ({
      type: "option_upload",
      target: "acc_1",
      name: "cover",
      key,
    });
    const draft = write(choose("acc_1"), upload("a"));
    expect(sent(draft, [readyItem("a")]).targets[0]?.options).toEqual({ cover: "med_a" });
    expect(sent(draft, [readyItem("a", { state: "processing" })]).targets[0]?.options).toEqual({});
    expect(sent(edited(draft, upload(null)), [readyItem("a")]).targets[0]?.options).toEqual({});
  });

  it("has an account's own words, even when they are none", () => {
    const own: Edit = { type: "target", target: "acc_1", change: { text: "" } };
    expect(sent(write(choose("acc_1"), own)).targets[0]).toHaveProperty("text", "");
  });

  it("keeps to the kind that the person picked", () => {
    const pick: Edit = { type: "target", target: "acc_1", change: { kind: "words" } };
    expect(sent(write(choose("acc_1"), pick)).targets[0]?.kind).toBe("words");
  });

  it("names the place where the platform has places, and only there", () => {
    const place: Edit = { type: "target", target: "acc_1", change: { place: " r/bread " } };
    const words = { word: "place", label: "Place", help: null, prefix: "r/" };
    const target = { ...words, max: null, choices_from: null, looked_up: false, ...kFact };
    const draft = write(choose("acc_1"), place);
    expect(sent(draft, [], { target }).targets[0]).toHaveProperty("target_key", "r/bread");
    expect(sent(draft).targets[0]).not.toHaveProperty("target_key");
  });

  it("leaves out an account that was disconnected meanwhile", () => {
    expect(sent(write(choose("acc_gone"), choose("acc_1"))).targets).toHaveLength(1);
  });
});

describe("edited", () => {
  it("forgets what was set for an account that is taken out", () => {
    const own: Edit = { type: "target", target: "acc_1", change: { text: "mine" } };
    const draft = write(choose("acc_1"), own, choose("acc_1", false), choose("acc_1"));
    expect(draft.targets).toEqual([newTarget("acc_1")]);
  });

  it("aims one account at several places, each with its own settings", () => {
    const place = (target: string, name: string): Edit => ({
      type: "target",
      target,
      change: { place: name },
    });
    const kind: Edit = { type: "target", target: "acc_1", change: { kind: "words" } };
    const again: Edit = { type: "target_repeated", target: "acc_1" };
    const title: Edit = { type: "option", target: "acc_1/2", name: "title", value: "T" };
    const draft = write(choose("acc_1"), kind, place("acc_1", "bread"), again, again, title);
    expect(draft.targets.map(({ id, kind: picked, place: at }) => [id, picked, at])).toEqual([
      ["acc_1", "words", "bread"],
      ["acc_1/3", "words", ""],
      ["acc_1/2", "words", ""],
    ]);
    expect(draft.targets[2]?.options).toEqual({ title: "T" });
    expect(draft.targets[0]?.options).toEqual({});
    const left = edited(draft, { type: "target_removed", target: "acc_1" });
    expect(left.targets.map(({ id }) => id)).toEqual(["acc_1/3", "acc_1/2"]);
    expect(edited(left, choose("acc_1", false)).targets).toEqual([]);
  });

  it("drops what belonged to a place with that place, and what a switch opened with the switch", () => {
    const set = (name: string, value: string | boolean): Edit => ({
      type: "option",
      target: "acc_1",
      name,
      value,
    });
    const clears = ["flair"];
    const draft = write(choose("acc_1"), set("title", "T"), set("flair", "f1"), set("own", true));
    const again = edited(draft, { type: "target_repeated", target: "acc_1", clears });
    expect(again.targets.map(({ options }) => options)).toEqual([
      { title: "T", flair: "f1", own: true },
      { title: "T", own: true },
    ]);
    const elsewhere = { type: "target", target: "acc_1", change: { place: "rye" }, clears } as const;
    expect(edited(draft, elsewhere).targets[0]).toMatchObject({
      place: "rye",
      options: { title: "T", own: true },
    });
    const off: Edit = { ...set("ad", false), clears: ["own"] } as Edit;
    expect(edited(draft, off).targets[0]?.options).toEqual({ title: "T", flair: "f1", ad: false });
  });

  it("moves media to either end and no further", () => {
    const keys = (draft: Draft) => draft.media.map(({ key }) => key).join("");
    const draft = write(added("a", "b", "c"));
    expect(keys(edited(draft, { type: "media_moved", key: "a", to: 2 }))).toBe("bca");
    expect(keys(edited(draft, { type: "media_moved", key: "c", to: -1 }))).toBe("cab");
    expect(keys(edited(draft, { type: "media_moved", key: "a", to: 9 }))).toBe("bca");
  });
});

describe("suggestedLocal", () => {
  it("is a full hour, at least an hour away", () => {
    expect(suggestedLocal(kNow, "UTC")).toBe("2026-11-22T10:00");
    expect(suggestedLocal(kNow, "Asia/Tokyo")).toBe("2026-11-22T19:00");
  });
});
