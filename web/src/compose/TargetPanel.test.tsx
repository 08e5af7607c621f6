import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Account } from "../api/types";
import type { Uploads } from "../media/uploads";
import { draw } from "../testing/draw";
import {
  kSession,
  kTime,
  someAccount,
  someKind,
  someOption,
  somePlatform,
  someScope,
  someSignIn,
} from "../testing/values";
import type { Aim } from "./body";
import { newTarget } from "./draft";
import type { Finding } from "./findings";
import { TargetPanel } from "./TargetPanel";

const kComment = someOption("comment", { label: "First comment", scopes: ["own.talk", "talk"] });
const kCaptions = someOption("captions", { label: "Captions", type: "media", scopes: ["talk"] });
const kPhoto = someKind("photo", {}, { options: [someOption("title"), kComment, kCaptions] });
const kInbox = someKind("inbox", {}, { label: "To the inbox", scopes: ["drafts"] });
const optional = (name: string) => someScope(name, { required: false });
const kMain = someSignIn({ scopes: [someScope("post"), optional("talk"), optional("drafts")] });
const kOwn = someSignIn({
  registration: "own",
  scopes: [someScope("own.post"), optional("own.talk")],
});
const kPlatform = somePlatform({ sign_ins: [kMain, kOwn], kinds: [kPhoto, kInbox] });

function drawPanel(
  granted_scopes: string[],
  target: Partial<Aim["target"]> = {},
  { findings = [], account = {} }: { findings?: Finding[]; account?: Partial<Account> } = {},
) {
  const aim: Aim = {
    target: { ...newTarget("acc_1"), ...target },
    account: someAccount({ granted_scopes, ...account }),
    platform: kPlatform,
    kind: kPlatform.kinds.find(({ id }) => id === target.kind) ?? kPhoto,
  };
  const uploads = { add: vi.fn(), remove: vi.fn() } as unknown as Uploads;
  const rest = { uploads, findings, items: new Map(), edit: vi.fn() };
  draw(<TargetPanel aim={aim} {...rest} />);
}

const kNothingNew = { facts: {}, choices: {}, looked_up_at: null, problem: null };
const box = (name: string) => screen.queryByRole("textbox", { name }) as HTMLInputElement | null;
const inbox = () => screen.getByRole("radio", { name: "To the inbox" }) as HTMLInputElement;
const said = () => document.body.textContent;

describe("TargetPanel", () => {
  let asked: string[];
  beforeEach(() => {
    asked = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      const { pathname, search } = new URL((input as Request).url);
      if (pathname.endsWith("/refresh")) return Response.json(kSession);
      if (pathname.endsWith("/lookup")) return Response.json(kNothingNew);
      asked.push(pathname + search);
      const start = { auth_url: "https://alpha.example", flow_id: "flow_1", expires_at: kTime };
      return Response.json(start);
    });
    vi.spyOn(window, "open").mockReturnValue(null);
  });
  afterEach(() => void vi.restoreAllMocks());

  it("turns off what takes a permission that the account lacks, and says which in one sentence", () => {
    drawPanel(["post", "drafts"]);
    expect(box("First comment")?.disabled).toBe(true);
    expect(box("Captions")?.disabled).toBe(true);
    expect(screen.queryByRole("button", { name: /Choose a file/ })).toBeNull();
    expect(box("title")?.disabled).toBe(false);
    expect(inbox().disabled).toBe(false);
    screen.getByText(
      "“First comment” and “Captions” are off: Morning Bakery was connected without the permission talk.",
    );
    expect(said()).not.toContain("“To the inbox”");
  });

  it("does so by the names that the account's own sign-in has", () => {
    drawPanel(["own.post"]);
    expect(said()).toContain("without the permission own.talk.");
    // By this way in nobody is asked for it.
    expect(said()).toContain(
      "“To the inbox” is off: this Herald does not ask for the permission drafts.",
    );
  });

  it("has a kind of post that is off be seen, and not chosen", () => {
    drawPanel(["post", "talk"]);
    expect(inbox().disabled).toBe(true);
    screen.getByText(
      "“To the inbox” is off: Morning Bakery was connected without the permission drafts.",
    );
    expect(box("First comment")?.disabled).toBe(false);
  });

  it("says once that the chosen kind is off", () => {
    const message = "It takes a permission.";
    const finding = { target: 0, rule: "kind.scope", field: "kind", message, source: null } as const;
    const findings: Finding[] = [
      { ...finding, severity: "error" },
      { ...finding, rule: "media.min", message: "Add a file.", severity: "error" },
    ];
    drawPanel(["post", "talk"], { kind: "inbox" }, { findings });
    expect(said()).not.toContain(message);
    expect(said()).toContain("Add a file.");
  });

  it.each([
    ["nobody knows what was granted", []],
    ["everything was", ["post", "talk", "drafts"]],
  ])("leaves all as it is where %s", (_, granted) => {
    drawPanel(granted);
    expect(box("First comment")?.disabled).toBe(false);
    expect(inbox().disabled).toBe(false);
    expect(said()).not.toContain(" off: ");
    expect(screen.queryByRole("button", { name: /Reconnect/ })).toBeNull();
  });

  it("lets be cleared what was written while it was on", () => {
    drawPanel(["post"], { options: { comment: "Hello" } });
    expect(box("First comment")?.value).toBe("Hello");
    expect(box("First comment")?.disabled).toBe(false);
    expect(said()).toContain("“First comment”");
  });

  it("has the way to have it, a reconnect of this account, here", async () => {
    drawPanel(["post"], {}, { account: { id: "acc_7", name: "Bread" } });
    const panel = within(screen.getByRole("region", { name: "Bread on Alpha" }));
    await userEvent.click(panel.getByRole("button", { name: "Reconnect Bread" }));
    await panel.findByRole("link", { name: "Open the sign-in page" });
    expect(asked).toEqual(["/api/social-media/alpha/oauth/initiate?account_id=acc_7"]);
    await userEvent.click(panel.getByRole("button", { name: "Cancel" }));
  });

  it("has no reconnect that would not help", () => {
    drawPanel(["own.post", "own.talk"]);
    expect(said()).toContain("this Herald does not ask for the permission drafts.");
    expect(screen.queryByRole("button", { name: /Reconnect/ })).toBeNull();
  });
});
