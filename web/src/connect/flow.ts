// Connecting an account, as a machine without a clock, a window or a network: given how it stands
// and what happened, it says how it stands now and what is to be done. `runner.ts` does it.
import type { Account, Flow, FlowStart, FlowStatus } from "../api/types";

export type Choice = Flow["choices"][number];

interface Going {
  platform: string;
  flowId: string;
}

export type Connect =
  | { phase: "idle" }
  | { phase: "starting"; platform: string }
  | (Going & { phase: "waiting"; authUrl: string | null; window: "open" | "blocked" | "closed" })
  | (Going & { phase: "finishing"; picked: string[] | null })
  | (Going & { phase: "choosing"; choices: Choice[] })
  | { phase: "connected"; platform: string; accounts: Account[] }
  | { phase: "ended"; platform: string; how: "denied" | "failed" | "expired"; message: string };

export type Happening =
  | { type: "pressed"; platform: string }
  | { type: "started"; start: FlowStart; blocked: boolean }
  | { type: "resumed"; platform: string; flowId: string }
  | { type: "refused"; message: string } // Starting or finishing; the server said no.
  | { type: "told"; flowId: string; status: FlowStatus } // By the popup or an event.
  | { type: "seen"; flow: Flow } // Read from the server.
  | { type: "window"; open: boolean }
  | { type: "picked"; ids: string[] }
  | { type: "dismissed" };

/** finish: ask the server to go on. look: read the flow now. close: the popup has done its work. */
export type Effect =
  | { type: "finish"; platform: string; flowId: string; picked: string[] | null }
  | { type: "look" }
  | { type: "close" };

export interface Step {
  state: Connect;
  effects: Effect[];
}

const kEndings: Record<"denied" | "failed" | "expired", string> = {
  denied: "You did not allow it, so nothing was connected.",
  failed: "It did not work out, and nothing was connected. Please try again.",
  expired: "This took too long, and nothing was connected. Please try again.",
};

const stay = (state: Connect): Step => ({ state, effects: [] });

export function advance(state: Connect, what: Happening): Step {
  switch (what.type) {
    case "pressed":
      return stay({ phase: "starting", platform: what.platform });
    case "started":
      return state.phase === "starting" ? stay(waiting(state.platform, what)) : stay(state);
    case "resumed":
      return {
        state: { ...what, phase: "waiting", authUrl: null, window: "closed" },
        effects: [{ type: "look" }],
      };
    case "refused":
      return "platform" in state ? end(state.platform, "failed", what.message) : stay(state);
    case "told":
      return told(state, what.flowId, what.status);
    case "seen":
      return seen(state, what.flow);
    case "window":
      return stay(windowed(state, what.open ? "open" : "closed"));
    case "picked":
      return state.phase === "choosing" ? finish(state, what.ids) : stay(state);
    case "dismissed":
      return { state: { phase: "idle" }, effects: [{ type: "close" }] };
  }
}

function waiting(platform: string, what: { start: FlowStart; blocked: boolean }): Connect {
  const { flow_id, auth_url } = what.start;
  const window = what.blocked ? "blocked" : "open";
  return { phase: "waiting", platform, flowId: flow_id, authUrl: auth_url, window };
}

function windowed(state: Connect, window: "open" | "closed"): Connect {
  if (state.phase !== "waiting" || state.window === window) return state;
  return state.window === "blocked" && window === "closed" ? state : { ...state, window };
}

function told(state: Connect, flowId: string, status: FlowStatus): Step {
  if (state.phase !== "waiting" || state.flowId !== flowId || status === "waiting") {
    return stay(state);
  }
  // What a message claims is only a hint: but for `returned`, whose finish the server judges, the
  // flow is read again.
  return status === "returned" ? finish(state, null) : { state, effects: [{ type: "look" }] };
}

function seen(state: Connect, flow: Flow): Step {
  const ours = "flowId" in state && state.flowId === flow.id;
  if (!ours) return stay(state);
  switch (flow.status) {
    case "waiting":
      return stay(state);
    case "returned":
      return state.phase === "waiting" ? finish(state, null) : stay(state);
    case "choose":
      if (state.phase === "choosing") return stay(state);
      return close({ ...going(state), phase: "choosing", choices: flow.choices });
    case "connected":
      return close({ phase: "connected", platform: state.platform, accounts: flow.accounts });
    case "denied":
    case "failed":
    case "expired":
      return end(state.platform, flow.status, flow.problem?.message);
  }
}

const going = ({ platform, flowId }: Going): Going => ({ platform, flowId });
const close = (state: Connect): Step => ({ state, effects: [{ type: "close" }] });

function finish(state: Going, picked: string[] | null): Step {
  return {
    state: { ...going(state), phase: "finishing", picked },
    effects: [{ type: "close" }, { type: "finish", ...going(state), picked }],
  };
}

function end(platform: string, how: "denied" | "failed" | "expired", message?: string): Step {
  return close({ phase: "ended", platform, how, message: message || kEndings[how] });
}

const kStatuses: FlowStatus[] = [
  "waiting",
  "returned",
  "choose",
  "connected",
  "denied",
  "failed",
  "expired",
];

/** What a window message says of our flow; null for anything that is not from our own popup, of our
 * own origin, about our own flow. */
export function statusIn(
  message: { origin: string; source: unknown; data: unknown },
  expected: { origin: string; popup: unknown; flowId: string },
): FlowStatus | null {
  if (message.origin !== expected.origin || message.origin === "null") return null;
  if (!expected.popup || message.source !== expected.popup) return null;
  if (typeof message.data !== "object" || message.data === null) return null;
  const { type, flow_id, status } = message.data as Record<string, unknown>;
  if (type !== "herald-oauth" || flow_id !== expected.flowId) return null;
  return kStatuses.find((known) => known === status) ?? null;
}
