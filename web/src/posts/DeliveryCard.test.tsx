import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { keys, queries } from "../api/queries";
import type { Delivery } from "../api/types";
import { draw } from "../testing/draw";
import { kFact, someDelivery, somePlatform } from "../testing/values";
import { DeliveryCard } from "./DeliveryCard";

const drawIn = (change: Partial<Delivery>) =>
  draw(<DeliveryCard delivery={someDelivery(change)} postId="post_1" />, {
    platforms: [somePlatform()],
  });

describe("DeliveryCard", () => {
  it("calls a place by its name where places are the account's own", () => {
    const target = {
      word: "board",
      label: "Board",
      help: null,
      prefix: "",
      max: null,
      choices_from: "boards",
      looked_up: false,
      ...kFact,
    };
    const delivery = someDelivery({ target_key: "77" });
    const { account_id, platform } = delivery;
    queries.setQueryData(keys.lookup(account_id, ""), {
      choices: { boards: [{ value: "77", label: "Bread" }] },
    });
    draw(<DeliveryCard delivery={delivery} postId="post_1" />, {
      platforms: [somePlatform({ id: platform, target })],
    });
    expect(screen.getByText(/· Bread/)).toBeTruthy();
    expect(screen.queryByText(/77/)).toBeNull();
  });

  it("links to what is live", () => {
    drawIn({ state: "published", url: "https://a.example/p/1" });
    const link = screen.getByRole("link", { name: /See it live/ });
    expect(link.getAttribute("href")).toBe("https://a.example/p/1");
    expect(link.getAttribute("rel")).toContain("noreferrer");
  });

  it("shows how far an upload is", () => {
    const progress = { done_bytes: 3 * 2 ** 20, total_bytes: 4 * 2 ** 20, step: "Uploading" };
    drawIn({ state: "running", progress });
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("75");
    expect(screen.getByText("3 MB of 4 MB")).toBeTruthy();
  });

  it("says what the server says, and offers another try only after a refusal", () => {
    drawIn({ state: "failed", message: "Too wide. Crop it." });
    expect(screen.getByText("Too wide. Crop it.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("offers no second sending while Herald is in doubt", () => {
    drawIn({ state: "unknown" });
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByText(/does not send it twice/)).toBeTruthy();
  });

  it("asks a person to look, with both answers", async () => {
    drawIn({ state: "review" });
    await userEvent.click(screen.getByRole("button", { name: "I looked" }));
    for (const name of ["I looked: it is live", "I looked: it is not there"]) {
      expect(await screen.findByRole("button", { name })).toBeTruthy();
    }
  });

  it("leads to the reconnect of a parked one", () => {
    drawIn({ state: "parked" });
    const link = screen.getByRole("link", { name: "Reconnect the account" });
    expect(link.getAttribute("href")).toBe("/social-platform");
  });
});
