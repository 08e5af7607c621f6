import { describe, expect, it } from "vitest";
import type { FlowStatus } from "../api/types";
import { someAccount, someFlow } from "../testing/values";
import { advance, statusIn, type Connect, type Happening } from "./flow";

const kStart = { auth_url: "https://a.example/consent", flow_id: "flow_1", expires_at: "" };

function walk(...happenings: Happening[]) {
  let state: Connect = { phase: "idle" };
  const effects: string[] = [];
  for (const what of happenings) {
    const step = advance(state, what);
    state = step.state;
    effects.push(...step.effects.map(({ type }) => type));
  }
  return { state, effects };
}

const pressed: Happening = { type: "pressed", platform: "alpha" };
const started: Happening = { type: "started", start: kStart, blocked: false };
const seen = (status: FlowStatus, change = {}): Happening => ({
  type: "seen",
  flow: someFlow({ status, ...change }),
});
const told = (status: FlowStatus, flowId = "flow_1"): Happening => ({
  type: "told",
  flowId,
  status,
});

describe("advance", () => {
  it("goes from the button to the account", () => {
    const { state, effects } = walk(
      pressed,
      started,
      seen("waiting"),
      seen("returned"),
      seen("connected", { accounts: [someAccount()] }),
    );
    expect(state).toMatchObject({ phase: "connected", accounts: [{ id: "acc_1" }] });
    expect(effects).toEqual(["close", "finish", "close"]);
  });

  it("finishes once, though popup, event and poll all say that it has returned", () => {
    const { effects } = walk(
      pressed,
      started,
      told("returned"),
      told("returned"),
      seen("returned"),
    );
    expect(effects.filter((effect) => effect === "finish")).toHaveLength(1);
  });

  it("lets the person choose, and finishes with what was picked", () => {
    const choosing = walk(pressed, started, told("returned"), seen("choose"));
    expect(choosing.state.phase).toBe("choosing");
    const { state, effects } = advance(choosing.state, { type: "picked", ids: ["c1"] });
    expect(state).toMatchObject({ phase: "finishing", picked: ["c1"] });
    expect(effects.at(-1)).toMatchObject({ type: "finish", flowId: "flow_1", picked: ["c1"] });
  });

  it("keeps the picker as it is while the same flow is read again", () => {
    const { state } = walk(pressed, started, told("returned"), seen("choose"));
    expect(advance(state, seen("choose")).state).toBe(state);
  });

  it.each(["denied", "failed", "expired"] as const)("ends when it is %s, and says why", (how) => {
    const problem = { code: "x", message: "Because." };
    const { state } = walk(pressed, started, seen(how, { problem }));
    expect(state).toEqual({ phase: "ended", platform: "alpha", how, message: "Because." });
    const bare = walk(pressed, started, seen(how)).state;
    expect(bare).toMatchObject({ message: expect.stringMatching(/nothing was connected/) });
  });

  it("believes a message only so far as to ask the server", () => {
    for (const status of ["connected", "denied", "failed", "choose"] as const) {
      const { state, effects } = walk(pressed, started, told(status));
      expect(state.phase).toBe("waiting");
      expect(effects).toEqual(["look"]);
    }
  });

  it("does not mind other flows", () => {
    const { state } = walk(pressed, started);
    expect(advance(state, told("returned", "flow_2"))).toEqual({ state, effects: [] });
    const other = { type: "seen" as const, flow: someFlow({ id: "flow_2", status: "denied" }) };
    expect(advance(state, other)).toEqual({ state, effects: [] });
  });

  it("takes a closed window for no answer (O-30)", () => {
    const { state } = walk(pressed, started, { type: "window", open: false });
    expect(state).toMatchObject({ phase: "waiting", window: "closed" });
    expect(advance(state, seen("returned")).effects).toContainEqual(
      expect.objectContaining({ type: "finish" }),
    );
  });

  it("offers a link when the popup is blocked, whatever is heard of windows", () => {
    const { state } = walk(
      pressed,
      { type: "started", start: kStart, blocked: true },
      { type: "window", open: false },
    );
    expect(state).toMatchObject({ window: "blocked", authUrl: kStart.auth_url });
  });

  it("goes on with a flow after a reload", () => {
    const resumed: Happening = { type: "resumed", platform: "alpha", flowId: "flow_1" };
    expect(walk(resumed).effects).toEqual(["look"]);
    expect(walk(resumed, seen("returned")).effects).toContain("finish");
  });

  it("forgets a flow that the person has left", () => {
    const { state } = walk(
      pressed,
      started,
      { type: "dismissed" },
      seen("returned"),
      told("returned"),
    );
    expect(state).toEqual({ phase: "idle" });
  });
});

describe("statusIn (O-29)", () => {
  const popup = { name: "our own window" };
  const expected = { origin: "https://herald.example", popup, flowId: "flow_1" };
  const good = {
    origin: "https://herald.example",
    source: popup,
    data: { type: "herald-oauth", flow_id: "flow_1", status: "returned" },
  };

  it("takes our own popup's message about our own flow", () => {
    expect(statusIn(good, expected)).toBe("returned");
  });

  it.each([
    "https://evil.example",
    "https://herald.example.evil.example",
    "https://herald.example:444",
    "http://herald.example",
    "https://HERALD.example",
    "null",
    "",
  ])("leaves the state unchanged for origin %j", (origin) => {
    expect(statusIn({ ...good, origin }, expected)).toBeNull();
  });

  it("does not take origin null even where our own is that", () => {
    expect(statusIn({ ...good, origin: "null" }, { ...expected, origin: "null" })).toBeNull();
  });

  it("leaves the state unchanged for any other window, or when we have opened none", () => {
    expect(statusIn({ ...good, source: { name: "our own window" } }, expected)).toBeNull();
    expect(statusIn({ ...good, source: null }, expected)).toBeNull();
    expect(statusIn({ ...good, source: null }, { ...expected, popup: null })).toBeNull();
    expect(statusIn({ ...good, source: undefined }, { ...expected, popup: undefined })).toBeNull();
  });

  it.each([
    { ...good.data, flow_id: "flow_2" },
    { ...good.data, flow_id: undefined },
    { ...good.data, type: "other" },
    { ...good.data, status: "owned" },
    { ...good.data, status: ["returned"] },
    "returned",
    null,
    7,
  ])("leaves the state unchanged for data %j", (data) => {
    expect(statusIn({ ...good, data }, expected)).toBeNull();
  });
});
