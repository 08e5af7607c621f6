import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keys, queries } from "../api/queries";
import type { CheckProblem } from "../api/types";
import { draw } from "../testing/draw";
import { someAccount, someKind, someOption, somePlatform, somePost } from "../testing/values";
import { Composer } from "./Composer";
import { ComposeStore } from "./store";

const kSession = {
  access_token: "t",
  token_type: "Bearer",
  expires_in: 900,
  user: { id: "u", email: "a@example.com", name: "A", role: "member" },
  customer: { id: "c", name: "C" },
};
const kPlatform = somePlatform({
  kinds: [someKind("photo", {}, { options: [someOption("title", { required: true })] })],
});
const kAccount = someAccount();

interface Sent {
  key: string | null;
  body: { text: string; targets: unknown[] };
}

/** The routes that the composer uses; what is posted is kept. */
function serve(posting: (() => Response)[], problems: CheckProblem[] = []) {
  const sent: Sent[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/refresh")) return Response.json(kSession);
    if (pathname.endsWith("/lookup")) {
      return Response.json({ facts: {}, choices: {}, looked_up_at: null, problem: null });
    }
    if (pathname.endsWith("/check")) {
      const { targets } = (await request.json()) as Sent["body"];
      if (targets.length === 0) throw new Error("checked without a target");
      return Response.json({ ok: problems.length === 0, problems });
    }
    sent.push({
      key: request.headers.get("idempotency-key"),
      body: (await request.json()) as Sent["body"],
    });
    const answer = posting.shift();
    if (!answer) throw new Error("not expected");
    return answer();
  });
  return sent;
}

const created = () => Response.json(somePost(), { status: 201 });
const lost = () => {
  throw new TypeError("network");
};
const missingTitle: CheckProblem = {
  target: 0,
  field: "options/title",
  rule: "required",
  message: "A title is needed.",
  limit: null,
  actual: null,
  source: null,
  severity: "error",
};

function drawComposer() {
  const store = new ComposeStore();
  const known = { platforms: [kPlatform], accounts: [kAccount] };
  draw(<Composer store={store} editing={null} known={known} />, known);
  return store;
}

const choose = () => userEvent.click(screen.getByRole("checkbox", { name: /Morning Bakery/ }));
const publish = () => userEvent.click(screen.getByRole("button", { name: "Publish" }));
const write = (text: string) => userEvent.type(screen.getByLabelText("Text"), text);

describe("Composer", () => {
  beforeEach(() => void (Element.prototype.scrollIntoView = vi.fn()));
  afterEach(() => void vi.restoreAllMocks());

  it("sends the same key when a lost answer makes the person press again", async () => {
    const sent = serve([lost, created]);
    const store = drawComposer();
    await choose();
    await write("Rolls");
    await screen.findByText(/no platform’s rule is broken/);
    await publish();
    await screen.findByText(/cannot be reached/i);
    await publish();
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[0]?.key).toMatch(/^[!-~]{8,}$/);
    expect(sent[1]).toEqual(sent[0]);
    await waitFor(() => expect(store.draft.text).toBe(""));
  });

  it("sends another key when the words were changed in between", async () => {
    const sent = serve([lost, created]);
    drawComposer();
    await choose();
    await write("Rolls");
    await publish();
    await screen.findByText(/cannot be reached/i);
    await write("!");
    await publish();
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });

  it("says calmly what is still empty, and as a mistake once publishing was tried", async () => {
    const sent = serve([], [missingTitle]);
    drawComposer();
    await choose();
    await screen.findByText("A title is needed.");
    const field = () => screen.getByLabelText(/title/);
    expect(field().getAttribute("aria-invalid")).not.toBe("true");
    await publish();
    await waitFor(() => expect(field().getAttribute("aria-invalid")).toBe("true"));
    expect(sent).toEqual([]);
  });

  it("is not held up by findings about an older draft", async () => {
    const problems = [missingTitle];
    const sent = serve([created], problems);
    drawComposer();
    await choose();
    await screen.findByText("A title is needed.");
    problems.pop();
    await userEvent.type(screen.getByLabelText(/title/), "T");
    await publish();
    await waitFor(() => expect(sent).toHaveLength(1));
  });

  it("shows a refused submission at the field that it names", async () => {
    const errors = [{ field: "targets/0/options/title", rule: "r", message: "Not this one." }];
    const problem = { title: "Not acceptable", code: "invalid", errors };
    serve([() => Response.json(problem, { status: 422 })]);
    drawComposer();
    await choose();
    await screen.findByText(/no platform’s rule is broken/);
    await publish();
    await waitFor(() =>
      expect(screen.getByLabelText(/title/).getAttribute("aria-invalid")).toBe("true"),
    );
    expect(screen.getAllByText(/Not this one/).length).toBeGreaterThan(0);
  });

  it("has the new post read once more, for what was told of it before the answer came", async () => {
    serve([created]);
    drawComposer();
    await choose();
    await screen.findByText(/no platform’s rule is broken/);
    await publish();
    const known = () => queries.getQueryState(keys.post(somePost().id));
    await waitFor(() => expect(known()?.data).toEqual(somePost()));
    expect(known()?.isInvalidated).toBe(true);
  });

  it("wants a second press for content that the account was given already", async () => {
    const message = "The same content went to this account.";
    const repeated = { ...missingTitle, field: "account_id", rule: "content.repeated", message };
    const sent = serve([created], [{ ...repeated, severity: "warning" }]);
    drawComposer();
    await choose();
    await write("Rolls");
    await waitFor(() => expect(screen.getAllByText(new RegExp(message))).not.toHaveLength(0));
    await waitFor(async () => {
      await publish();
      expect(screen.getByRole("button", { name: "Publish it all the same" })).toBeTruthy();
    });
    expect(sent).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Publish it all the same" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({ allow_repeat: true });
  });

  it("asks for an account before anything is sent", async () => {
    const sent = serve([]);
    drawComposer();
    await publish();
    expect(screen.getByText("Choose at least one account.")).toBeTruthy();
    expect(sent).toEqual([]);
  });
});
