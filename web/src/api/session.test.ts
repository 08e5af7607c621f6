import { beforeEach, describe, expect, it, vi } from "vitest";
import { Session } from "./session";

const kIdentity = {
  user: { id: "u1", email: "a@example.com", name: "A", role: "member" },
  customer: { id: "c1", name: "C" },
};

type Answer = { status: number; body?: unknown } | Error;

/** A server by script: answers by path, in order, the last one again and again. */
function server(script: Record<string, Answer[]>) {
  const calls: { path: string; token: string | null; body: string }[] = [];
  const send = vi.fn(async (request: Request) => {
    const path = new URL(request.url).pathname;
    const token = request.headers.get("authorization");
    calls.push({ path, token, body: await request.text() });
    const answers = script[path] ?? [];
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (!next) throw new Error(`no answer for ${path}`);
    if (next instanceof Error) throw next;
    return new Response(next.body === undefined ? null : JSON.stringify(next.body), next);
  });
  return { send, calls, to: (path: string) => calls.filter((call) => call.path === path) };
}

const signedIn = (token: string, expires_in = 900): Answer => ({
  status: 200,
  body: { access_token: token, token_type: "Bearer", expires_in, ...kIdentity },
});
const kRefresh = "/api/auth/refresh";
const kThing = "/api/thing";
const thing = (init?: RequestInit) => new Request(`http://localhost:3002${kThing}`, init);

describe("Session", () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it("asks for one new token however many requests need it", async () => {
    const { send, to } = server({ [kRefresh]: [signedIn("t1")], [kThing]: [{ status: 200 }] });
    const session = new Session(send);
    await Promise.all(Array.from({ length: 20 }, () => session.authorized(thing())));
    expect(to(kRefresh)).toHaveLength(1);
    expect(to(kThing).map(({ token }) => token)).toEqual(Array(20).fill("Bearer t1"));
  });

  it("renews a token before it ends, not after", async () => {
    let now = 0;
    const { send, to } = server({
      [kRefresh]: [signedIn("t1"), signedIn("t2")],
      [kThing]: [{ status: 200 }],
    });
    const session = new Session(send, () => now);
    await session.authorized(thing());
    now = 860_000;
    await session.authorized(thing());
    expect(to(kRefresh)).toHaveLength(1);
    now = 880_000;
    await session.authorized(thing());
    expect(to(kThing).at(-1)?.token).toBe("Bearer t2");
  });

  it("renews a refused token once and sends the same body again", async () => {
    const { send, to } = server({
      [kRefresh]: [signedIn("t1"), signedIn("t2")],
      [kThing]: [{ status: 401 }, { status: 200 }],
    });
    const response = await new Session(send).authorized(thing({ method: "POST", body: "words" }));
    expect(response.status).toBe(200);
    expect(to(kThing).map(({ token, body }) => [token, body])).toEqual([
      ["Bearer t1", "words"],
      ["Bearer t2", "words"],
    ]);
  });

  it("does not try a third time", async () => {
    const { send, to } = server({ [kRefresh]: [signedIn("t1")], [kThing]: [{ status: 401 }] });
    const response = await new Session(send).authorized(thing());
    expect(response.status).toBe(401);
    expect(to(kThing)).toHaveLength(2);
  });

  it("is over when the cookie is refused", async () => {
    const { send } = server({ [kRefresh]: [signedIn("t1", 0), { status: 401, body: {} }] });
    const session = new Session(send);
    await session.start();
    expect(session.state.phase).toBe("signed_in");
    await expect(session.authorized(thing())).rejects.toMatchObject({ status: 401 });
    expect(session.state).toEqual({ phase: "signed_out", ended: true });
  });

  it.each([new TypeError("network"), { status: 503, body: {} }])(
    "is not over when nobody can tell",
    async (trouble) => {
      const { send } = server({ [kRefresh]: [signedIn("t1", 0), trouble, signedIn("t2")] });
      const session = new Session(send);
      await session.start();
      await expect(session.token()).rejects.toThrow();
      expect(session.state.phase).toBe("signed_in");
      await expect(session.token()).resolves.toBe("t2");
    },
  );

  it("says so when the server cannot be reached at the start", async () => {
    const session = new Session(server({ [kRefresh]: [new TypeError("network")] }).send);
    await session.start();
    expect(session.state.phase).toBe("unreachable");
  });

  it("stays signed out when an older refresh answers late", async () => {
    let answer: (response: Response) => void = () => undefined;
    const late = new Promise<Response>((resolve) => (answer = resolve));
    const session = new Session(async (request) =>
      request.url.endsWith("refresh") ? late : new Response(null, { status: 204 }),
    );
    const starting = session.start();
    await session.signOut();
    answer(
      Response.json({ access_token: "t1", token_type: "Bearer", expires_in: 900, ...kIdentity }),
    );
    await starting;
    expect(session.state.phase).toBe("signed_out");
  });

  it("leaves no token where a script of another page could find it", async () => {
    const session = new Session(server({ "/api/auth/login": [signedIn("secret-token")] }).send);
    await session.signIn("a@example.com", "x");
    const kept = JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      session,
    ]);
    expect(kept).not.toContain("secret-token");
  });

  it("tells why a sign-in failed", async () => {
    const problem = { title: "No", code: "wrong_credentials", detail: "Not right." };
    const { send } = server({ "/api/auth/login": [{ status: 401, body: problem }] });
    const asked = new Session(send).signIn("a@example.com", "x");
    await expect(asked).rejects.toMatchObject({ code: "wrong_credentials", message: "Not right." });
  });
});
