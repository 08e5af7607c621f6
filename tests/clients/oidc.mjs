// A certified authorization server judges Herald's OAuth client: the whole program, its YouTube
// connector as it is, connects, refreshes and revokes there.
//
//     node oidc.mjs
//
// Prints a line per check; exits 1 on any disagreement.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Api } from "../browser/rig/api.mjs";
import { baker, Programs } from "../browser/rig/programs.mjs";
import { until } from "../browser/rig/until.mjs";
import { AuthorizationServer } from "./authorization_server.mjs";
import { check, conclude } from "./checks.mjs";

const server = await AuthorizationServer.open();
const programs = await Programs.start({ platformsAt: server.url });
const callback = `${programs.url}/api/social-media/youtube/oauth/callback`;
const elsewhere = `${callback}/elsewhere`;
server.register({
  id: "sandbox-client.apps.googleusercontent.com",
  secret: "sandbox-google-client-secret",
  redirectUris: [callback, elsewhere],
});
const api = await Api.of(programs, baker);

const s256 = (verifier) => createHash("sha256").update(verifier).digest("base64url");
const begin = async () => (await api.ask("youtube/oauth/initiate")).body;
const finish = async (flow_id) => (await api.ask("youtube/oauth/finish", { flow_id })).body;
const tokenCalls = () => server.askedOf("token");

// A browser without Herald's cookies, until it is sent back to Herald; returns that address.
async function consent(authUrl, change = () => {}) {
  const asked = new URL(authUrl);
  change(asked.searchParams);
  const cookies = new Map();
  for (let at = asked.href; ;) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { headers: { cookie }, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      cookies.set(name, value);
    }
    const next = answer.headers.get("location");
    if (!next) throw new Error(`${answer.status} ${await answer.text()}`);
    at = new URL(next, at).href;
    if (at.startsWith(programs.url)) return at;
  }
}

// As a whole connection goes, with something changed on its way.
async function connected({ asked, returned = (url) => url } = {}) {
  const { auth_url, flow_id } = await begin();
  const back = returned(await consent(auth_url, asked));
  const visit = await api.send(back);
  return { flow_id, back, visit, flow: await finish(flow_id) };
}

async function refusedWithoutTokens(act) {
  const before = tokenCalls().filter(({ status }) => status === 200).length;
  await act();
  assert.equal(tokenCalls().filter(({ status }) => status === 200).length, before);
  assert.deepEqual(await api.accounts(), []);
}

await check("O-20 a stripped code_challenge ends in nothing", () =>
  refusedWithoutTokens(async () => {
    const { back, flow } = await connected({ asked: (query) => query.delete("code_challenge") });
    assert.match(back, /error=invalid_request/);
    assert.equal(flow.status, "failed"); // And not denied: the person has not said no.
    assert.equal(flow.problem.code, "platform_refused");
  }),
);

await check("a changed code_challenge ends at the exchange", () =>
  refusedWithoutTokens(async () => {
    const other = (query) => query.set("code_challenge", s256("x".repeat(64)));
    const { flow } = await connected({ asked: other });
    assert.equal(flow.status, "failed");
    assert.equal(tokenCalls().at(-1).status, 400);
  }),
);

await check("PKCE is not taken down to plain", () =>
  refusedWithoutTokens(async () => {
    const plain = (query) => query.set("code_challenge_method", "plain");
    assert.equal((await connected({ asked: plain })).flow.status, "failed");
  }),
);

await check("O-21 a redirect_uri that is not registered leads nowhere", () =>
  refusedWithoutTokens(async () => {
    const { auth_url } = await begin();
    const evil = (query) => query.set("redirect_uri", "https://evil.example/callback");
    await assert.rejects(consent(auth_url, evil), /redirect_uri/);
  }),
);

await check("O-21 a code that was sent to another redirect_uri is not exchanged", () =>
  refusedWithoutTokens(async () => {
    const { flow } = await connected({
      asked: (query) => query.set("redirect_uri", elsewhere),
      returned: (url) => url.replace(elsewhere, callback),
    });
    assert.equal(flow.status, "failed");
    assert.equal(tokenCalls().at(-1).params.redirect_uri, callback);
  }),
);

await check("O-18 another issuer's answer is refused before any exchange", () =>
  refusedWithoutTokens(async () => {
    const before = tokenCalls().length;
    for (const issuer of ["https://accounts.google.com/", "https://accounts.evil.example"]) {
      const returned = (url) => {
        const changed = new URL(url);
        changed.searchParams.set("iss", issuer);
        return changed.href;
      };
      assert.equal((await connected({ returned })).visit.status, 400);
    }
    assert.equal(tokenCalls().length, before);
  }),
);

await check("a code of another's making is refused by the server, and nothing is kept", () =>
  refusedWithoutTokens(async () => {
    const returned = (url) => url.replace(/code=[^&]+/, "code=made-up");
    assert.equal((await connected({ returned })).flow.status, "failed");
  }),
);

let account;
await check("O-11 O-12 twenty callbacks and twenty finishes are one exchange", async () => {
  const { auth_url, flow_id } = await begin();
  const back = await consent(auth_url);
  const before = tokenCalls().length;
  const twenty = (act) => Promise.all(Array.from({ length: 20 }, act));
  const statuses = (await twenty(() => api.send(back))).map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), [303, ...Array(19).fill(400)]);
  await twenty(() => finish(flow_id));
  const flow = await until("the end of the flow", async () => {
    const { body } = await api.ask(`youtube/oauth/flows/${flow_id}`);
    return body.status !== "returned" && body;
  });
  assert.equal(flow.status, "connected");
  assert.equal(tokenCalls().length, before + 1);
  [account] = await api.accounts();
  assert.equal(account.remote_id, "UCcertified");
});

await check(
  "O-19 PKCE is S256, its verifier long, never twice the same, and never in a URL",
  async () => {
    const starts = server.askedOf("authorization").filter(({ params }) => params.code_challenge);
    assert.ok(starts.length > 5);
    const verifiers = tokenCalls().map(({ params }) => params.code_verifier);
    for (const verifier of verifiers) {
      assert.match(verifier, /^[\w.~-]{43,128}$/);
      for (const { url } of server.asked) assert.ok(!url.includes(verifier));
    }
    assert.equal(new Set(verifiers).size, verifiers.length);
    const last = starts.at(-1).params;
    assert.equal(last.code_challenge_method, "S256");
    assert.equal(last.code_challenge, s256(verifiers.at(-1)));
  },
);

await check("O-31 neither secrets nor tokens nor codes are in an address", () => {
  for (const { url, params } of server.asked) {
    for (const name of ["client_secret", "refresh_token", "token", "code"]) {
      if (params[name]) assert.ok(!url.includes(params[name]), `${name} in ${url}`);
    }
  }
  for (const { path, token } of server.used) assert.ok(!path.includes(token ?? "no token"));
});

async function uploaded() {
  const bytes = await readFile(new URL("../../samples/video.mp4", import.meta.url));
  const medium = await api.upload("video.mp4", "video/mp4", bytes);
  return until("the medium", async () => {
    const { body } = await api.ask(`media/${medium}`);
    return body.status === "ready" && body.id;
  });
}

// The server refuses the video itself: what counts is the token that came with it.
async function tried(media_id) {
  const options = { title: "Bread", made_for_kids: false };
  const target = { account_id: account.id, kind: "short", options };
  const draft = { text: "", media: [{ media_id }], targets: [target] };
  const { status, body } = await api.ask("posts", draft);
  assert.equal(status, 201, JSON.stringify(body));
  await until("the delivery's end", async () => {
    const { body: post } = await api.ask(`posts/${body.id}`);
    return ["failed", "parked"].includes(post.deliveries[0].state);
  });
  return server.used.at(-1);
}

const refreshes = () => tokenCalls().filter(({ params }) => params.grant_type === "refresh_token");

await check("refresh tokens rotate, and each is used once", async () => {
  const medium = await uploaded();
  const tokens = new Set();
  for (let i = 1; i <= 3; i += 1) {
    await server.endToken(); // The next call is refused, and Herald renews.
    const { path, token } = await tried(medium);
    assert.match(path, /\/upload\/youtube\/v3\/videos$/);
    assert.ok(token, "the token that came was not good");
    tokens.add(token);
    assert.equal(refreshes().length, i);
  }
  assert.equal(tokens.size, 3);
  for (const { status } of refreshes()) assert.equal(status, 200);
  assert.equal(new Set(refreshes().map(({ params }) => params.refresh_token)).size, 3);
  assert.equal((await api.accounts())[0].status, "connected");
});

await check("disconnecting revokes the grant at the server", async () => {
  const gone = await api.ask(`youtube/credentials/${account.id}`, undefined, "DELETE");
  assert.equal(gone.status, 204);
  const [revoked] = await until("the revocation", () => {
    const all = server.askedOf("revocation");
    return all.length > 0 && all;
  });
  assert.equal(revoked.status, 200);
  const { token } = revoked.params;
  assert.ok(!refreshes().some(({ params }) => params.refresh_token === token), "an old token");
  assert.equal(await server.refresh(token), "invalid_grant");
});

await check(
  "a code that a thief uses again ends the grant, and Herald asks to reconnect",
  async () => {
    const { flow, back } = await connected();
    assert.equal(flow.status, "connected");
    [account] = flow.accounts;
    const { code_verifier } = tokenCalls().at(-1).params;
    const code = new URL(back).searchParams.get("code");
    assert.equal(
      await server.exchange({ code, code_verifier, redirect_uri: callback }),
      "invalid_grant",
    );
    await tried(await uploaded());
    assert.equal((await api.accounts())[0].status, "needs_reconnect");
  },
);

await programs.stop();
server.close();
conclude();
