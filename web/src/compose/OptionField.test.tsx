import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queries } from "../api/queries";
import type { Option, OptionValue, Platform } from "../api/types";
import type { Uploads } from "../media/uploads";
import { draw } from "../testing/draw";
import { kFact, kSession, someAccount, someKind, someOption, somePlatform } from "../testing/values";
import { newTarget, type Edit } from "./draft";
import type { Finding } from "./findings";
import { OptionField } from "./OptionField";

function drawOption(
  option: Option,
  values: Record<string, OptionValue> = {},
  findings: Finding[] = [],
  { off, change = {}, place = "" }: { off?: string; change?: Partial<Platform>; place?: string } = {},
) {
  const edit = vi.fn<(edit: Edit) => void>();
  const uploads = { add: vi.fn(() => "item-1"), remove: vi.fn() };
  const target = { ...newTarget("acc_1"), options: values, place };
  const kind = someKind("photo", {}, { options: [option, someOption("own", { under: "ad" })] });
  const aim = { target, account: someAccount(), platform: somePlatform(change), kind };
  draw(
    <OptionField
      option={option}
      off={off}
      aim={aim}
      items={new Map()}
      uploads={uploads as unknown as Uploads}
      findings={findings}
      edit={edit}
    />,
  );
  return { edit, uploads };
}

const set = (name: string, value: OptionValue) => ({
  type: "option",
  target: "acc_1",
  name,
  value,
});
const finding = (severity: Finding["severity"]): Finding => ({
  target: 0,
  rule: null,
  field: "options/title",
  message: "Title is missing.",
  severity,
  source: null,
});

describe("OptionField", () => {
  it("counts a text in the unit of its limit", () => {
    const limit = { max: 100, counted_as: "utf8_bytes" } as const;
    drawOption(someOption("title", limit), { title: "Brötchen" });
    expect(screen.getByText("9 / 100")).toBeTruthy();
  });

  it("takes words", async () => {
    const { edit } = drawOption(someOption("title"));
    await userEvent.type(screen.getByLabelText("title"), "x");
    expect(edit).toHaveBeenCalledWith(set("title", "x"));
  });

  it("switches from what the platform takes for granted", async () => {
    const { edit } = drawOption(someOption("notify", { type: "boolean", default: true }));
    const control = screen.getByRole("switch", { name: "notify" });
    expect((control as HTMLInputElement).checked).toBe(true);
    await userEvent.click(control);
    expect(edit).toHaveBeenCalledWith({ ...set("notify", false), clears: [] });
  });

  it("cannot be switched on while the platform has it off, and says why", async () => {
    const duets = someOption("duets", { type: "boolean", default: false });
    const off = "Duets are off in the app.";
    const { edit } = drawOption(duets, {}, [], { off });
    const control = screen.getByRole("switch", { name: /^duets/ });
    expect(screen.getByText(off)).toBeTruthy();
    await userEvent.click(control);
    expect(edit).not.toHaveBeenCalled();
    document.body.innerHTML = "";
    // What was on before it went off can be taken back.
    const before = drawOption(duets, { duets: true }, [], { off });
    await userEvent.click(screen.getByRole("switch", { name: /^duets/ }));
    expect(before.edit).toHaveBeenCalledWith({ ...set("duets", false), clears: [] });
  });

  it("takes along what is under it when it is switched off, and only then", async () => {
    const ad = someOption("ad", { type: "boolean", default: false });
    const on = drawOption(ad);
    await userEvent.click(screen.getByRole("switch", { name: "ad" }));
    expect(on.edit).toHaveBeenCalledWith({ ...set("ad", true), clears: [] });
    document.body.innerHTML = "";
    const offAgain = drawOption(ad, { ad: true });
    await userEvent.click(screen.getByRole("switch", { name: "ad" }));
    expect(offAgain.edit).toHaveBeenCalledWith({ ...set("ad", false), clears: ["own"] });
  });

  it("asks yes or no where nothing is taken for granted, so that no can be said", async () => {
    const { edit } = drawOption(someOption("kids", { type: "boolean", required: true }));
    const answers = screen.getAllByRole("radio") as HTMLInputElement[];
    expect(answers.map(({ checked }) => checked)).toEqual([false, false]);
    await userEvent.click(screen.getByRole("radio", { name: "No" }));
    expect(edit).toHaveBeenCalledWith(set("kids", false));
  });

  it("offers the choices by their labels and keeps their values", async () => {
    const choices = [
      { value: "pub", label: "Everyone" },
      { value: "priv", label: "Only me" },
    ];
    const { edit } = drawOption(someOption("who", { type: "choice", default: "priv", choices }));
    const field = screen.getByRole("combobox", { name: "who" });
    expect((field as HTMLInputElement).value).toBe("Only me");
    await userEvent.click(field);
    await userEvent.click(await screen.findByRole("option", { name: "Everyone" }));
    expect(edit).toHaveBeenCalledWith(set("who", "pub"));
  });

  describe("a choice among what the account has", () => {
    const option = someOption("playlist", { type: "choice", choices_from: "playlists" });
    const serve = (lookup: object) =>
      vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
        const { pathname } = new URL((input as Request).url);
        if (pathname.endsWith("/refresh")) return Response.json(kSession);
        if (!pathname.endsWith("/alpha/credentials/acc_1/lookup")) throw new Error(pathname);
        asked.push(new URL((input as Request).url).search);
        const nothing = { facts: {}, choices: {}, looked_up_at: null, problem: null };
        return Response.json({ ...nothing, ...lookup });
      });
    const box = () => screen.getByRole("combobox", { name: "playlist" });
    let asked: string[] = [];
    beforeEach(() => {
      queries.clear();
      asked = [];
    });
    afterEach(() => void vi.restoreAllMocks());

    it("offers what was looked up", async () => {
      serve({ choices: { playlists: [{ value: "PL1", label: "Baking" }] } });
      const { edit } = drawOption(option);
      await waitFor(() => expect((box() as HTMLInputElement).disabled).toBe(false));
      await userEvent.click(box());
      await userEvent.click(await screen.findByRole("option", { name: "Baking" }));
      expect(edit).toHaveBeenCalledWith(set("playlist", "PL1"));
    });

    it("keeps showing a value that is no longer among them", async () => {
      serve({ choices: { playlists: [{ value: "PL1", label: "Baking" }] } });
      drawOption(option, { playlist: "PL9" });
      await waitFor(() => expect((box() as HTMLInputElement).value).toBe("PL9"));
    });

    it("says when there is nothing to choose", async () => {
      serve({ choices: { playlists: [] } });
      drawOption(option);
      await screen.findByPlaceholderText("This account has none");
    });

    it("can be typed where the platform did not say", async () => {
      serve({ problem: "It did not answer." });
      const { edit } = drawOption(option);
      await userEvent.type(await screen.findByRole("textbox", { name: "playlist" }), "P");
      expect(edit).toHaveBeenCalledWith(set("playlist", "P"));
      expect(screen.getByText("It did not answer. · Its id can be typed.")).toBeTruthy();
    });

    it("says what the platform has against the account, with what is known from before", async () => {
      const choices = { playlists: [{ value: "PL1", label: "Baking" }] };
      serve({ choices, problem: "The daily limit is reached." });
      drawOption(option);
      await screen.findByText("The daily limit is reached.");
      expect(box().getAttribute("placeholder")).toBe("Choose");
    });

    describe("of a place", () => {
      const words = { word: "room", label: "Room", help: null, prefix: "", max: null };
      const change = { target: { ...words, choices_from: null, looked_up: true, ...kFact } };

      it("waits for the place's name and asks nobody before", () => {
        serve({ choices: { playlists: [] } });
        drawOption(option, {}, [], { change });
        expect(box().getAttribute("placeholder")).toBe("Name the room first");
        expect((box() as HTMLInputElement).disabled).toBe(true);
        expect(queries.isFetching()).toBe(0);
      });

      it("says that the place has none", async () => {
        serve({ choices: { playlists: [] } });
        drawOption(option, {}, [], { change, place: "attic" });
        await screen.findByPlaceholderText("This room has none");
        expect(asked).toEqual(["?target=attic"]);
      });
    });
  });

  it("takes tags", async () => {
    const { edit } = drawOption(someOption("tags", { type: "tags" }), { tags: ["bread"] });
    await userEvent.type(screen.getByRole("combobox", { name: "tags" }), "rolls,");
    expect(edit).toHaveBeenCalledWith(set("tags", ["bread", "rolls"]));
  });

  it("takes several texts, as many at once as must be there, and no more than may be", async () => {
    const answers = { type: "texts", min_items: 2, max_items: 3, label: "Answers" } as const;
    const first = drawOption(someOption("answers", answers));
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(first.edit).toHaveBeenLastCalledWith(set("answers", ["", ""]));
    document.body.innerHTML = "";
    const full = drawOption(someOption("answers", answers), { answers: ["Rye", "Spelt", "Oat"] });
    expect(screen.queryByRole("button", { name: "Add" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Remove Answers, 2" }));
    expect(full.edit).toHaveBeenLastCalledWith(set("answers", ["Rye", "Oat"]));
    await userEvent.type(screen.getByRole("textbox", { name: "Answers, 3" }), "s");
    expect(full.edit).toHaveBeenLastCalledWith(set("answers", ["Rye", "Spelt", "Oats"]));
  });

  it("takes a file", async () => {
    const { edit, uploads } = drawOption(someOption("cover", { type: "media" }));
    const input = document.querySelector("input[type=file]");
    const file = new File(["x"], "cover.jpg", { type: "image/jpeg" });
    await userEvent.upload(input as HTMLInputElement, file);
    expect(uploads.add).toHaveBeenCalledWith(file);
    const wanted = { type: "option_upload", target: "acc_1", name: "cover", key: "item-1" };
    expect(edit).toHaveBeenCalledWith(wanted);
  });

  it("shows a mistake as one, and what is only still to do not", () => {
    drawOption(someOption("title"), {}, [finding("error")]);
    expect(screen.getByLabelText("title").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Title is missing.")).toBeTruthy();
  });

  it("does not call an empty field wrong before anything was tried", () => {
    drawOption(someOption("title"), {}, [finding("todo")]);
    expect(screen.queryByText("Title is missing.")).toBeNull();
  });
});
