// Who is signed in, and with which access token. The token lives in this object's memory only; what
// survives a reload is the HttpOnly refresh cookie, which no script can read.
import { ProblemError, problemOf, unreachable } from "./problem";
import type { Customer, SignedIn, User } from "./types";

export type SessionState =
  | { phase: "checking" }
  | { phase: "unreachable" }
  | { phase: "signed_out"; ended: boolean } // ended: it was not the person who signed out.
  | { phase: "signed_in"; user: User; customer: Customer };

const kRenewBeforeMs = 30_000;

export class Session {
  #state: SessionState = { phase: "checking" };
  #token = "";
  #expiresAt = 0;
  #epoch = 0; // Moves when somebody signs in or out: an older answer is not believed then.
  #refreshing: Promise<boolean> | null = null;
  #listeners = new Set<() => void>();
  readonly #send: (request: Request) => Promise<Response>;
  readonly #now: () => number;

  constructor(send: (request: Request) => Promise<Response>, now: () => number = Date.now) {
    this.#send = send;
    this.#now = now;
  }

  get state(): SessionState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Finds out whether the cookie still holds. */
  async start(): Promise<void> {
    try {
      await this.refresh();
    } catch {
      this.#set({ phase: "unreachable" });
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.#post("/api/auth/login", { email, password });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw problemOf(response, body);
    this.#epoch += 1;
    this.#accept(body as SignedIn);
  }

  async signOut(): Promise<void> {
    this.forget(false);
    await this.#post("/api/auth/logout").catch(() => undefined);
  }

  /** Drops the token without a word to the server: it has ended there, or in another tab. */
  forget(ended: boolean): void {
    this.#epoch += 1;
    this.#token = "";
    this.#set({ phase: "signed_out", ended });
  }

  /** One request however many ask. False: the session is over. Throws when nobody can tell. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refreshNow().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** A token that is good for a while, or null when there is none to be had. */
  async token(): Promise<string | null> {
    if (this.#token && this.#expiresAt - this.#now() > kRenewBeforeMs) return this.#token;
    return (await this.refresh()) ? this.#token : null;
  }

  /** The server refused the token: the next one to ask gets a new one. */
  distrust(): void {
    this.#expiresAt = 0;
  }

  /** Sends with the token; a refused token is renewed once, since a 401 has changed nothing. */
  authorized = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const used = await this.token();
    const first = await this.#sendWith(request, used);
    if (first.status !== 401) return first;
    if (this.#token === used && !(await this.refresh())) return first;
    return this.#token ? this.#sendWith(again, this.#token) : first;
  };

  async #sendWith(request: Request, token: string | null): Promise<Response> {
    if (!token) {
      throw new ProblemError({ status: 401, code: "unauthorized", title: "Please sign in again" });
    }
    request.headers.set("authorization", `Bearer ${token}`);
    return this.#reach(request);
  }

  async #refreshNow(): Promise<boolean> {
    const epoch = this.#epoch;
    const response = await this.#post("/api/auth/refresh");
    const body: unknown = await response.json().catch(() => null);
    if (epoch !== this.#epoch) return this.#token !== "";
    if (response.ok) {
      this.#accept(body as SignedIn);
      return true;
    }
    if (response.status !== 401) throw problemOf(response, body);
    this.forget(this.#state.phase === "signed_in");
    return false;
  }

  #accept(answer: SignedIn): void {
    this.#token = answer.access_token;
    this.#expiresAt = this.#now() + answer.expires_in * 1000;
    this.#set({ phase: "signed_in", user: answer.user, customer: answer.customer });
  }

  #post(path: string, body?: unknown): Promise<Response> {
    const url = new URL(path, window.location.origin);
    const headers = body ? { "content-type": "application/json" } : undefined;
    const text = body ? JSON.stringify(body) : undefined;
    return this.#reach(new Request(url, { method: "POST", headers, body: text }));
  }

  async #reach(request: Request): Promise<Response> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw unreachable();
    }
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
