// Does what `flow.ts` decides: the popup, the polling, the calls. One connection at a time.
import { messageOf, ProblemError, isPassing } from "../api/problem";
import type { Flow, FlowRef, FlowStart } from "../api/types";
import { advance, statusIn, type Connect, type Effect, type Happening } from "./flow";

export interface Popup {
  readonly closed: boolean;
  close(): void;
  focus(): void;
  go(url: string): void;
  readonly source: unknown; // What its messages carry as their source.
}

/** What the person wants of the connection; what is left out is as before, or as usual. */
export interface Wish {
  accountId?: string; // To be reconnected.
  registration?: string; // Which of the platform's sign-ins.
  figures?: boolean;
}

export interface ConnectWorld {
  initiate(platform: string, wish: Wish): Promise<FlowStart>;
  read(platform: string, flowId: string): Promise<Flow>;
  finish(platform: string, flowId: string, picked: string[] | null): Promise<Flow>;
  openPopup(): Popup | null; // Null: blocked.
  origin: string;
  remember(flow: { platform: string; flowId: string } | null): void;
}

const kPollMs = 1000;

export class ConnectRunner {
  state: Connect = { phase: "idle" };
  #popup: Popup | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #looking = false;
  #finishing = false;
  #listeners = new Set<() => void>();

  constructor(private readonly world: ConnectWorld) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Call it straight from a click: a popup opened any later is blocked. */
  async press(platform: string, wish: Wish = {}): Promise<void> {
    this.dismiss();
    this.#tell({ type: "pressed", platform });
    const popup = this.world.openPopup();
    this.#popup = popup;
    const mine = this.state;
    try {
      const start = await this.world.initiate(platform, wish);
      if (this.state !== mine) return;
      popup?.go(start.auth_url);
      this.#tell({ type: "started", start, blocked: !popup });
    } catch (error) {
      if (this.state === mine) this.#tell({ type: "refused", message: messageOf(error) });
    }
  }

  /** Goes on with a flow whose page was reloaded or whose opener was cut off. */
  resume(platform: string, flowId: string): void {
    if (this.state.phase === "idle") this.#tell({ type: "resumed", platform, flowId });
  }

  pick(ids: string[]): void {
    this.#tell({ type: "picked", ids });
  }

  dismiss(): void {
    this.#tell({ type: "dismissed" });
  }

  /** The window was closed too early, or lost behind others. Call it straight from a click. */
  reopen(): void {
    if (this.state.phase !== "waiting") return;
    if (this.#popup && !this.#popup.closed) return this.#popup.focus();
    if (!this.state.authUrl) return;
    this.#popup = this.world.openPopup();
    this.#popup?.go(this.state.authUrl);
    this.#tell({ type: "window", open: this.#popup !== null });
  }

  hearMessage(message: { origin: string; source: unknown; data: unknown }): void {
    if (this.state.phase !== "waiting") return;
    const { flowId } = this.state;
    const popup = this.#popup?.source;
    const status = statusIn(message, { origin: this.world.origin, popup, flowId });
    if (status) this.#tell({ type: "told", flowId, status });
  }

  hearEvent({ flow_id, status }: FlowRef): void {
    this.#tell({ type: "told", flowId: flow_id, status });
  }

  #tell(what: Happening): void {
    const { state, effects } = advance(this.state, what);
    const changed = state !== this.state;
    this.state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (!changed) return;
    this.#watch();
    const going = "flowId" in state ? { platform: state.platform, flowId: state.flowId } : null;
    this.world.remember(going);
    for (const listener of this.#listeners) listener();
  }

  #carryOut(effect: Effect): void {
    if (effect.type === "look") void this.#look();
    if (effect.type === "finish") void this.#finish(effect.platform, effect.flowId, effect.picked);
    if (effect.type === "close") {
      this.#popup?.close();
      this.#popup = null;
    }
  }

  #watch(): void {
    const wanted = this.state.phase === "waiting" || this.state.phase === "finishing";
    if (wanted) this.#timer ??= setInterval(() => void this.#tick(), kPollMs);
    if (!wanted && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  async #tick(): Promise<void> {
    const state = this.state;
    if (state.phase === "finishing") await this.#finish(state.platform, state.flowId, state.picked);
    if (state.phase !== "waiting") return;
    // A platform may cut the tie to its opener, and then the window only looks closed. So closed
    // means: offer to open it again, and go on asking.
    if (this.#popup) this.#tell({ type: "window", open: !this.#popup.closed });
    await this.#look();
  }

  // One question of a kind at a time. A lost answer is asked for again at the next tick, which is
  // harmless; a refusal counts only if nothing happened meanwhile.
  async #look(): Promise<void> {
    const asked = this.state;
    if (asked.phase !== "waiting" || this.#looking) return;
    this.#looking = true;
    try {
      this.#tell({ type: "seen", flow: await this.world.read(asked.platform, asked.flowId) });
    } catch (error) {
      this.#refused(error, asked);
    } finally {
      this.#looking = false;
    }
  }

  async #finish(platform: string, flowId: string, picked: string[] | null): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    const asked = this.state;
    try {
      this.#tell({ type: "seen", flow: await this.world.finish(platform, flowId, picked) });
    } catch (error) {
      this.#refused(error, asked);
    } finally {
      this.#finishing = false;
    }
  }

  #refused(error: unknown, asked: Connect): void {
    const now = this.state;
    const ours = "flowId" in now && "flowId" in asked && now.flowId === asked.flowId;
    if (isPassing(error) || !ours || now.phase !== asked.phase) return;
    const gone = error instanceof ProblemError && error.status === 404;
    // Resumed from long ago: nobody waits for it.
    if (gone && now.phase === "waiting" && !now.authUrl) return this.dismiss();
    const message = gone ? "This attempt is over. Please try again." : messageOf(error);
    this.#tell({ type: "refused", message });
  }
}
