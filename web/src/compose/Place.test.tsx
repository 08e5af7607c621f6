import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queries } from "../api/queries";
import type { Platform } from "../api/types";
import type { Uploads } from "../media/uploads";
import { draw } from "../testing/draw";
import { kFact, kSession, someAccount, someKind, someOption, somePlatform } from "../testing/values";
import { newTarget, type Edit } from "./draft";
import { Place } from "./Place";

const kSpec: NonNullable<Platform["target"]> = {
  word: "board",
  label: "Board",
  help: null,
  prefix: "",
  max: null,
  choices_from: "boards",
  looked_up: false,
  ...kFact,
};

const serve = (choices: object) =>
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { pathname, search } = new URL((input as Request).url);
    if (pathname.endsWith("/refresh")) return Response.json(kSession);
    // The account is asked, whatever the place.
    if (!pathname.endsWith("/lookup") || search) throw new Error(pathname + search);
    return Response.json({ facts: {}, choices, looked_up_at: null, problem: null });
  });

const kFlair = someOption("flair", { type: "choice", choices_from: "flairs" });

function drawPlace(place: string, spec = kSpec) {
  const edit = vi.fn<(edit: Edit) => void>();
  const target = { ...newTarget("acc_1"), place };
  const kind = someKind("photo", {}, { options: [someOption("title"), kFlair] });
  const platform = somePlatform({ kinds: [kind], target: spec });
  const aim = { target, account: someAccount(), platform, kind };
  const uploads = {} as unknown as Uploads;
  draw(<Place {...{ aim, uploads, edit, spec }} items={new Map()} findings={[]} />);
  return edit;
}

const to = (place: string, clears: string[] = []) => ({
  type: "target",
  target: "acc_1",
  change: { place },
  clears,
});

describe("Place", () => {
  beforeEach(() => queries.clear());
  afterEach(() => void vi.restoreAllMocks());

  it("offers the account's own places by their names and keeps their keys", async () => {
    serve({ boards: [{ value: "77", label: "Bread" }] });
    const edit = drawPlace("");
    const box = screen.getByRole("combobox", { name: "Board" }) as HTMLInputElement;
    await waitFor(() => expect(box.disabled).toBe(false));
    await userEvent.click(box);
    await userEvent.click(await screen.findByRole("option", { name: "Bread" }));
    expect(edit).toHaveBeenCalledWith(to("77"));
  });

  it("calls a chosen place by its name", async () => {
    serve({ boards: [{ value: "77", label: "Bread" }] });
    drawPlace("77");
    await screen.findByRole("button", { name: "Remove Bread" });
  });

  it("takes a typed name where any place will do, once it is whole", async () => {
    const edit = drawPlace("", { ...kSpec, prefix: "r/", choices_from: null });
    const box = screen.getByRole("textbox", { name: "Board" });
    await userEvent.type(box, "bread");
    expect(edit).not.toHaveBeenCalled();
    await userEvent.tab();
    expect(edit).toHaveBeenCalledWith(to("bread"));
  });

  it("takes along nothing that only the place had, to another one or once more", async () => {
    const edit = drawPlace("bread", { ...kSpec, choices_from: null, looked_up: true });
    const box = screen.getByRole("textbox", { name: "Board" });
    await userEvent.type(box, "s{Enter}");
    expect(edit).toHaveBeenLastCalledWith(to("breads", ["flair"]));
    await userEvent.click(screen.getByRole("button", { name: "Another board" }));
    const again = { type: "target_repeated", target: "acc_1", clears: ["flair"] };
    expect(edit).toHaveBeenLastCalledWith(again);
  });
});
