import { screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queries } from "../api/queries";
import type { Uploads } from "../media/uploads";
import { draw } from "../testing/draw";
import { kSession, someAccount, someKind, someOption, somePlatform } from "../testing/values";
import { newTarget } from "./draft";
import { TargetPanel } from "./TargetPanel";

describe("TargetPanel with live facts", () => {
  beforeEach(() => queries.clear());
  afterEach(() => void vi.restoreAllMocks());

  it("goes by what the platform says of the account just now", async () => {
    const facts = { name: "Evening Bakery", "off.duets": "Duets are off in the app." };
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      const { pathname } = new URL((input as Request).url);
      if (pathname.endsWith("/refresh")) return Response.json(kSession);
      return Response.json({ facts, choices: {}, looked_up_at: null, problem: null });
    });
    const options = [someOption("duets", { type: "boolean", default: false })];
    const kind = someKind("photo", {}, { options });
    const aim = {
      target: newTarget("acc_1"),
      account: someAccount(),
      platform: somePlatform({ kinds: [kind] }),
      kind,
    };
    const uploads = {} as unknown as Uploads;
    draw(<TargetPanel {...{ aim, uploads, edit: vi.fn() }} items={new Map()} findings={[]} />);
    expect(screen.getByRole("region", { name: "Morning Bakery on Alpha" })).toBeTruthy();
    await screen.findByRole("region", { name: "Evening Bakery on Alpha" });
    expect(screen.getByText("Evening Bakery")).toBeTruthy();
    expect(screen.getByText("Duets are off in the app.")).toBeTruthy();
    expect((screen.getByRole("switch", { name: /^duets/ }) as HTMLInputElement).disabled).toBe(true);
  });
});
