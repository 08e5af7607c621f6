import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Account, Platform } from "../api/types";
import type { Connect } from "../connect/flow";
import type { ConnectRunner } from "../connect/runner";
import { draw } from "../testing/draw";
import { someAccount, somePlatform } from "../testing/values";
import { PlatformCard } from "./PlatformCard";

function drawCard(platform: Platform, accounts: Account[] = [], connect: Connect | null = null) {
  const runner = { press: vi.fn(), dismiss: vi.fn(), reopen: vi.fn() };
  const props = { platform, accounts, connect, runner: runner as unknown as ConnectRunner };
  draw(<PlatformCard {...props} />, { platforms: [platform], accounts });
  return runner;
}

describe("PlatformCard", () => {
  it("says whose sign-in, which account, and what can be posted", () => {
    const about = { sign_in: "Beta", account_type: "A page", can_post: ["Photos", "Videos"] };
    drawCard(somePlatform(about));
    for (const words of ["Beta", "A page", "Photos, Videos"])
      expect(screen.getByText(words)).toBeTruthy();
  });

  it("connects on the button's press", async () => {
    const runner = drawCard(somePlatform());
    await userEvent.click(screen.getByRole("button", { name: "Connect Alpha account" }));
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha");
  });

  it("names the variables to set, and the guide, where there are no app credentials", () => {
    const missing_variables = ["ALPHA_CLIENT_ID", "ALPHA_CLIENT_SECRET"];
    drawCard(somePlatform({ configured: false, missing_variables }));
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
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", "acc_1");
  });

  it("says in time that a connection expires which only the person can renew", async () => {
    const away = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const runner = drawCard(somePlatform(), [someAccount({ ends_at: away(13) })]);
    const row = within(screen.getByRole("listitem"));
    expect(row.getByText(/This connection expires on .*Reconnect it before then/)).toBeTruthy();
    await userEvent.click(row.getByRole("button", { name: "Reconnect" }));
    expect(runner.press).toHaveBeenCalledExactlyOnceWith("alpha", "acc_1");
  });

  it("says nothing of an end that is far away", () => {
    const ends_at = new Date(Date.now() + 15 * 86_400_000).toISOString();
    drawCard(somePlatform(), [someAccount({ ends_at })]);
    expect(screen.queryByText(/expires on/)).toBeNull();
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
