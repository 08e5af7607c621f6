// Server-sent events over fetch, since EventSource cannot carry an Authorization header.

export interface ServerEvent {
  name: string;
  data: unknown;
}

/** Cuts a text stream into events; pieces may end anywhere. */
export class EventParser {
  #rest = "";
  #name = "";
  #data: string[] = [];

  push(piece: string): ServerEvent[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): ServerEvent[] {
    if (line === "") return this.#dispatch();
    if (line.startsWith(":")) return [];
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#name = value;
    if (field === "data") this.#data.push(value);
    return [];
  }

  #dispatch(): ServerEvent[] {
    const name = this.#name;
    const text = this.#data.join("\n");
    this.#name = "";
    this.#data = [];
    if (!name || !text) return [];
    try {
      return [{ name, data: JSON.parse(text) as unknown }];
    } catch {
      return []; // Not ours.
    }
  }
}

const kSilenceMs = 45_000; // Three missed keep-alive comments.
const kLongestWaitMs = 30_000;

/** How long to wait before try `n` (from 0), spread so that all browsers do not come at once. */
export function backoffMs(n: number, chance: number): number {
  return Math.min(kLongestWaitMs, 1000 * 2 ** n) * (0.5 + chance / 2);
}

/** Keeps one event stream open until stopped. */
export class EventFeed {
  #stop = new AbortController();
  #tries = 0;
  connected = false;

  constructor(
    private readonly open: (signal: AbortSignal) => Promise<Response>,
    private readonly tell: {
      event: (event: ServerEvent) => void;
      connection: (connected: boolean) => void;
    },
  ) {}

  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#listen().catch(() => undefined);
      this.#connected(false);
      await this.#pause(backoffMs(this.#tries++, Math.random()));
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  async #listen(): Promise<void> {
    const quiet = new AbortController();
    let timer = setTimeout(() => quiet.abort(), kSilenceMs);
    try {
      const response = await this.open(AbortSignal.any([this.#stop.signal, quiet.signal]));
      if (!response.ok || !response.body) return;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      this.#tries = 0;
      this.#connected(true);
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => quiet.abort(), kSilenceMs);
        for (const event of parser.push(value)) this.tell.event(event);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #connected(connected: boolean): void {
    if (this.connected === connected || this.#stop.signal.aborted) return;
    this.connected = connected;
    this.tell.connection(connected);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
