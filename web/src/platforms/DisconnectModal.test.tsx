import { Notifications, notifications } from "@mantine/notifications";
import { fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { someAccount } from "../testing/values";
import { DisconnectModal } from "./DisconnectModal";

const kSession = {
  access_token: "t",
  token_type: "Bearer",
  expires_in: 900,
  user: { id: "u", email: "a@example.com", name: "A", role: "member" },
  customer: { id: "c", name: "C" },
};

afterEach(() => {
  notifications.clean();
  vi.restoreAllMocks();
});

async function disconnected(answer: Response) {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { pathname } = new URL((input as Request).url);
    return pathname.endsWith("/refresh") ? Response.json(kSession) : answer;
  });
  draw(
    <>
      <Notifications />
      <DisconnectModal account={someAccount()} platformName="Alpha" opened onClose={() => undefined} />
    </>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Disconnect" }));
  return await screen.findByText("Morning Bakery is disconnected.");
}

describe("DisconnectModal", () => {
  it("says what the person has to end at the platform themselves", async () => {
    await disconnected(Response.json({ left_standing: "Remove Herald in your settings." }));
    expect(screen.getByText("Remove Herald in your settings.")).toBeTruthy();
  });

  it("says no more where the platform took its permission back", async () => {
    await disconnected(new Response(null, { status: 204 }));
    expect(screen.queryByText(/settings/)).toBeNull();
  });
});
