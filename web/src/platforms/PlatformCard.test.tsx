import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Account, Platform } from "../api/types";
import type { Connect } from "../connect/flow";
import type { ConnectRunner } from "../connect/runner";
import { draw } from "../testing/draw";
import { someAccount, somePlatform, someScope, someSignIn } from "../testing/values";
import { PlatformCard } from "./PlatformCard";

function drawCard(platform: Platform, accounts: Account[] = [], connect: Connect | null = null) {
  const runner = { press: vi.fn(), dismiss: vi.fn(), reopen: vi.fn() };
  const props = { platform, accounts, connect, runner: runner as unknown as ConnectRunner };
  draw(<PlatformCard {...props} />, { platforms: [platform], accounts });
  return runner;
}

const kPublish = someScope("publish");
const kCount = someScope("count", { use: "measure", required: false, figures: ["Views", "Reach"] });
const kAge = someScope("age", {
  use: "measure",
  required: false,
  figures: ["Followers", "Reach"],
  account_kinds: ["member"],
});

describe("PlatformCard", () => {
  afterEach(() => localStorage.clear());

  it("says whose sign-in, which account, and what can be posted", () => {
    const sign_ins = [someSignIn({ name: "Beta", account_type: "A page" })];
    drawCard(somePlatform({ sign_ins, can_post: ["Photos", "Videos"] }));
    for (const words of ["Beta", "A page", "Photos, Videos"])
      expect(screen.getByText(words)).toBeTruthy();
  });

  it("connects on the button's press", async () => {
    const runner = drawCard(somePlatform());
    await userEvent.click(screen.getByRole("button", { name: "Connect Alpha account" }));
    const wish = { registration: "main", figures: true };
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", wish);
  });

  it("names the variables to set, and the guide, where there are no app credentials", () => {
    const missing_variables = ["ALPHA_CLIENT_ID", "ALPHA_CLIENT_SECRET"];
    const sign_ins = [someSignIn({ configured: false, missing_variables })];
    drawCard(somePlatform({ configured: false, sign_ins }));
    for (const name of missing_variables) expect(screen.getByText(name)).toBeTruthy();
    const guide = screen.getByRole("link", { name: "How to register the app" });
    expect(guide.getAttribute("href")).toBe("https://herald.example/docs/platforms/alpha");
    expect(screen.queryByRole("button", { name: /Connect/ })).toBeNull();
  });

  it("offers nothing where there is no adapter", () => {
    drawCard(somePlatform({ available: false, configured: false, kinds: [] }));
    expect(screen.queryByRole("button", { name: /Connect/ })).toBeNull();
    expect(screen.getByText("Not available")).toBeTruthy();
  });

  it("asks for a reconnect of the same account, and says what waits for it", async () => {
    const broken = someAccount({
      status: "needs_reconnect",
      status_message: "The access was taken back.",
      parked_posts: 2,
    });
    const runner = drawCard(somePlatform(), [broken]);
    const row = within(screen.getByRole("listitem"));
    expect(row.getByText(/taken back.*2 posts wait for it/)).toBeTruthy();
    await userEvent.click(row.getByRole("button", { name: "Reconnect" }));
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", { accountId: "acc_1" });
  });

  it("says in time that a connection expires which only the person can renew", async () => {
    const away = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const runner = drawCard(somePlatform(), [someAccount({ ends_at: away(13) })]);
    const row = within(screen.getByRole("listitem"));
    expect(row.getByText(/This connection expires on .*Reconnect it before then/)).toBeTruthy();
    await userEvent.click(row.getByRole("button", { name: "Reconnect" }));
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", { accountId: "acc_1" });
  });

  it("says nothing of an end that is far away", () => {
    const ends_at = new Date(Date.now() + 15 * 86_400_000).toISOString();
    drawCard(somePlatform(), [someAccount({ ends_at })]);
    expect(screen.queryByText(/expires on/)).toBeNull();
  });

  it("connects without figures for who does not want them, and remembers that", async () => {
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish, kCount] })] });
    const runner = drawCard(platform);
    const figures = () => screen.getByRole<HTMLInputElement>("checkbox", { name: /its figures/ });
    expect(figures().checked).toBe(true);
    await userEvent.click(figures());
    await userEvent.click(screen.getByRole("button", { name: /Connect/ }));
    const wish = { registration: "main", figures: false };
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", wish);
    cleanup();
    drawCard(platform);
    expect(figures().checked).toBe(false);
  });

  it("asks about figures also where they take no permission of their own", async () => {
    const runner = drawCard(somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish] })] }));
    expect(screen.getByText("Takes no further permission")).toBeTruthy();
    await userEvent.click(screen.getByRole("checkbox", { name: /its figures/ }));
    await userEvent.click(screen.getByRole("button", { name: /Connect/ }));
    const wish = { registration: "main", figures: false };
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", wish);
  });

  it("lets choose between two sign-ins, and says what each needs", async () => {
    const sign_ins = [
      someSignIn({ name: "Big Login", account_type: "A page" }),
      someSignIn({ registration: "second", name: "Own Login", account_type: "No page" }),
    ];
    const runner = drawCard(somePlatform({ sign_ins }));
    expect(screen.getByText("A page")).toBeTruthy();
    await userEvent.click(screen.getByRole("radio", { name: "Own Login" }));
    expect(screen.getByText("No page")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /Connect/ }));
    const wish = { registration: "second", figures: true };
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", wish);
  });

  it("offers no sign-in that the server is not set up for", () => {
    const sign_ins = [
      someSignIn({ name: "Big Login", configured: false }),
      someSignIn({ registration: "second", name: "Own Login" }),
    ];
    drawCard(somePlatform({ sign_ins }));
    expect(screen.queryByRole("radio")).toBeNull();
    expect(screen.getByText("Own Login")).toBeTruthy();
  });

  it("says that an account's figures are off, and asks for them by a reconnect", async () => {
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish, kCount] })] });
    const runner = drawCard(platform, [someAccount({ granted_scopes: ["publish"] })]);
    const row = within(screen.getByRole("listitem"));
    expect(row.getByText("Figures are off: Views and Reach")).toBeTruthy();
    await userEvent.click(row.getByRole("button", { name: "Allow the figures of Morning Bakery" }));
    const wish = { accountId: "acc_1", figures: true };
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", wish);
  });

  it.each([
    ["were allowed", { granted_scopes: ["publish", "count"] }],
    ["are not for accounts of this kind", { granted_scopes: ["publish", "count"], kind: "page" }],
    ["may be on: what was granted is not known", { granted_scopes: [] }],
  ])("says nothing where the figures %s", (_, change) => {
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish, kCount, kAge] })] });
    drawCard(platform, [someAccount(change)]);
    expect(screen.queryByText(/figures are off/i)).toBeNull();
  });

  it("names the figures that are off, not those that are on", () => {
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish, kCount, kAge] })] });
    drawCard(platform, [someAccount({ kind: "member", granted_scopes: ["publish", "count"] })]);
    expect(screen.getByText("Figures are off: Followers and Reach")).toBeTruthy();
  });

  it("says in short what is off where that is much", () => {
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes: [kPublish, kCount, kAge] })] });
    drawCard(platform, [someAccount({ kind: "member", granted_scopes: ["publish"] })]);
    expect(screen.getByText("Figures are off: Views, Reach and 1 more")).toBeTruthy();
  });

  it("has a plain link where the popup was blocked", () => {
    const authUrl = "https://a.example/consent";
    const going = {
      phase: "waiting",
      platform: "alpha",
      flowId: "f",
      authUrl,
      window: "blocked",
    } as const;
    drawCard(somePlatform(), [], going);
    const link = screen.getByRole("link", { name: "Open the sign-in page" });
    expect(link.getAttribute("href")).toBe(authUrl);
  });
});
