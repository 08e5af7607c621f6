// The made-up server's routes. Any e-mail signs in, but for the password "wrong".
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Flow, Post, PostDraft } from "../../src/api/types";
import { accountAnalytics, postAnalytics } from "./analytics";
import { problemsOf } from "./check";
import { appendUpload, createUpload, uploadOffset } from "./media";
import { platforms } from "./platforms";
import "./posts";
import { accounts, addPost, attempts, delivery, media, newId, picture, posts } from "./world";

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  args: string[];
  body: Record<string, unknown>;
}
type Handler = (call: Call) => unknown;

const user = { id: "user_1", email: "demo@herald.example", name: "Dana Demo", role: "admin" };
const identity = { user, customer: { id: "cust_1", name: "Morning Bakery" } };
const session = { access_token: "mock", token_type: "Bearer", expires_in: 900, ...identity };
const flows = new Map<string, Flow>();
let signedIn = process.env.MOCK_SIGNED_OUT === undefined;

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const notFound = () => new Refused(404, "not_found", "There is nothing here.");

function postOf(id: string | undefined): Post {
  const found = posts.find((post) => post.id === id);
  if (!found) throw notFound();
  return found;
}

function create(draft: PostDraft): Post {
  const deliveries = draft.targets.map((target) => delivery(target.account_id, target.kind));
  const later = draft.due_local ? (Date.parse(`${draft.due_local}Z`) - Date.now()) / 60_000 : 0;
  const post = addPost("scheduled", later, draft.text, { deliveries });
  post.media = draft.media.map(({ media_id, alt_text = null }) => {
    const one = media.get(media_id);
    return {
      media_id,
      alt_text,
      preview_url: one?.preview_url ?? null,
      type: one?.type ?? "image",
    };
  });
  return post;
}

function startFlow(platform: string) {
  const id = newId("flow");
  const flow: Flow = { id, platform, status: "waiting", choices: [], accounts: [], problem: null };
  flows.set(id, flow);
  setTimeout(() => (flow.status = "returned"), 2500);
  const auth_url = `http://${process.env.MOCK_CONSENT ?? "localhost:40300"}/favicon.svg`;
  return { auth_url, flow_id: id, expires_at: new Date(Date.now() + 600_000).toISOString() };
}

function finish(body: Record<string, unknown>): Flow {
  const flow = flows.get(String(body.flow_id));
  if (!flow) throw notFound();
  flow.status = body.choices ? "connected" : "choose";
  const base = { kind: "page", connected: false, usable: true, reason: null };
  flow.choices = [
    {
      ...base,
      id: "c1",
      name: "Morning Bakery",
      username: "morning_bakery",
      picture_url: picture(20),
      connected: true,
    },
    {
      ...base,
      id: "c2",
      name: "Evening Kitchen",
      username: "evening_kitchen",
      picture_url: picture(280),
    },
    {
      ...base,
      id: "c3",
      name: "An Old Page",
      username: null,
      picture_url: null,
      usable: false,
      reason: "It is a personal account; switch it to a professional one first.",
    },
  ];
  return flow;
}

const kRoutes: [string, RegExp, Handler][] = [
  [
    "POST",
    /^auth\/login$/,
    ({ body }) => {
      if (body.password === "wrong") throw new Refused(401, "wrong_credentials", "No.");
      signedIn = true;
      return session;
    },
  ],
  [
    "POST",
    /^auth\/refresh$/,
    () => {
      if (!signedIn) throw new Refused(401, "unauthorized", "Sign in.");
      return session;
    },
  ],
  ["POST", /^auth\/logout$/, () => void (signedIn = false)],
  ["GET", /^platforms$/, () => ({ platforms })],
  ["GET", /^accounts$/, () => ({ accounts: process.env.MOCK_EMPTY ? [] : accounts })],
  ["GET", /^(\w+)\/oauth\/initiate$/, ({ args }) => startFlow(args[0] ?? "")],
  ["GET", /^\w+\/oauth\/flows\/(\w+)$/, ({ args }) => flows.get(args[0] ?? "")],
  ["POST", /^\w+\/oauth\/finish$/, ({ body }) => finish(body)],
  ["DELETE", /^\w+\/credentials\/(\w+)$/, () => undefined],
  ["POST", /^media$/, ({ request, response }) => createUpload(request, response)],
  ["HEAD", /^media\/(\w+)$/, ({ args, response }) => uploadOffset(args[0] ?? "", response)],
  [
    "PATCH",
    /^media\/(\w+)$/,
    ({ args, request, response }) => appendUpload(args[0] ?? "", request, response),
  ],
  ["DELETE", /^media\/(\w+)$/, ({ args }) => void media.delete(args[0] ?? "")],
  ["GET", /^media\/(\w+)$/, ({ args }) => media.get(args[0] ?? "")],
  [
    "GET",
    /^posts$/,
    ({ url }) => {
      const status = url.searchParams.get("status");
      const shown = posts.filter((post) => !status || post.status === status);
      shown.sort((a, b) => b.due_at.localeCompare(a.due_at));
      return { posts: process.env.MOCK_EMPTY ? [] : shown, next_cursor: null };
    },
  ],
  [
    "GET",
    /^\w+\/credentials\/\w+\/lookup$/,
    () => ({
      facts: {},
      choices: {
        playlists: [
          { value: "PL1", label: "Baking at home" },
          { value: "PL2", label: "Oven tours" },
        ],
      },
      looked_up_at: new Date().toISOString(),
      problem: null,
    }),
  ],
  [
    "POST",
    /^posts\/check$/,
    ({ body }) => {
      const problems = problemsOf(body as unknown as PostDraft);
      return { ok: problems.every(({ severity }) => severity === "warning"), problems };
    },
  ],
  ["POST", /^posts$/, ({ body }) => create(body as unknown as PostDraft)],
  ["GET", /^posts\/(\w+)$/, ({ args }) => postOf(args[0])],
  [
    "PATCH",
    /^posts\/(\w+)$/,
    ({ args, body }) => Object.assign(postOf(args[0]), { text: body.text }),
  ],
  [
    "POST",
    /^posts\/(\w+)\/cancel$/,
    ({ args }) => {
      const post = postOf(args[0]);
      for (const one of post.deliveries) one.state = "cancelled";
      return Object.assign(post, { status: "cancelled" });
    },
  ],
  [
    "POST",
    /^posts\/(\w+)\/deliveries\/(\w+)\/(retry|resolve)$/,
    ({ args }) => {
      const post = postOf(args[0]);
      for (const one of post.deliveries) if (one.id === args[1]) one.state = "scheduled";
      return post;
    },
  ],
  [
    "GET",
    /^history$/,
    ({ url }) => ({
      attempts: attempts.filter(({ post_id }) => post_id === url.searchParams.get("post_id")),
      next_cursor: null,
    }),
  ],
  ["GET", /^analytics\/accounts$/, ({ url }) => accountAnalytics(url.searchParams)],
  ["GET", /^analytics\/posts$/, ({ url }) => postAnalytics(url.searchParams)],
  [
    "GET",
    /^events$/,
    ({ response }) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(": hello\n\n");
    },
  ],
];

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (!request.headers["content-type"]?.includes("json")) return {};
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString() || "{}") as Record<string, unknown>;
}

function send(response: ServerResponse, status: number, body: unknown, type = "application/json") {
  if (body === undefined) return void response.writeHead(204).end();
  response.writeHead(status, { "Content-Type": type }).end(JSON.stringify(body));
}

export async function answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const path = url.pathname.replace(/^\/api\/(social-media\/)?/, "");
  try {
    for (const [method, pattern, handler] of kRoutes) {
      const found = pattern.exec(path);
      if (!found || request.method !== method) continue;
      const body = await bodyOf(request);
      const answer = await handler({ request, response, url, args: found.slice(1), body });
      if (!response.headersSent) send(response, 200, answer);
      return;
    }
    throw notFound();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, code, message } = error;
    const problem = { type: `/problems/${code}`, title: message, status, code, request_id: "mock" };
    send(response, status, problem, "application/problem+json");
  }
}
