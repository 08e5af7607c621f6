// Takes the demo person through the real flow for each platform, without a browser: sign in, connect
// (the consent is given on the sandbox's own page), upload the sample, publish, and wait until the
// audience sees it. Prints a line per step; exits 1 at the first step that does not work.
//
//   node tools/demo.mjs HERALD_URL SANDBOX_URL EMAIL SAMPLES_FOLDER    (the password on stdin)
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import path from "node:path";

const [herald, sandbox, email, samples] = process.argv.slice(2);
const password = readFileSync(0, "utf8").trim();
const api = `${herald}/api/social-media`;
const cookies = new Map();
let token = "";

const posts = [
  {
    platform: "instagram",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "image",
    text: "Fresh from the oven. #bread",
    options: {},
  },
  {
    platform: "youtube",
    file: "video.mp4",
    type: "video/mp4",
    kind: "short",
    text: "How we bake.",
    options: { title: "Bread at dawn", made_for_kids: false, privacy: "public" },
  },
];

const fail = (message) => {
  console.error(`  ✗ ${message}`);
  process.exit(1);
};

async function step(name, work) {
  const begun = performance.now();
  const said = await work().catch((error) => fail(`${name}: ${error.message}`));
  const took = Math.round(performance.now() - begun);
  console.log(`  ✓ ${name}${said?.note ? `: ${said.note}` : ""} (${took} ms)`);
  return said?.value;
}

// A request as the browser would make it: with the token and the cookies of Herald's host.
async function call(url, options = {}) {
  const headers = { ...options.headers };
  if (token) headers.authorization = `Bearer ${token}`;
  if (cookies.size) headers.cookie = [...cookies].map(([k, v]) => `${k}=${v}`).join("; ");
  const answer = await fetch(url, { ...options, headers, redirect: "manual" });
  for (const line of answer.headers.getSetCookie()) {
    const [name, value] = line.split(";")[0].split(/=(.*)/s);
    cookies.set(name, value);
  }
  if (answer.status >= 400) {
    const text = await answer.text();
    throw new Error(`${answer.status} from ${new URL(url).pathname}: ${text.slice(0, 300)}`);
  }
  return answer;
}

const json = async (url, method = "GET", body = undefined, headers = {}) => {
  const options = { method, headers: { ...headers } };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["content-type"] = "application/json";
  }
  return (await call(url, options)).json();
};

const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\b${name}="([^"]*)"`));
  return found?.[1]
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
};

// Presses the page's main button: every ticked box and hidden field goes along.
function pressed(page, at) {
  const form = page.match(/<form[^>]*>/)?.[0] ?? fail("the consent page has no form");
  const fields = new URLSearchParams();
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const box = ["checkbox", "radio"].includes(attribute(tag, "type"));
    if (box && !/\bchecked\b/.test(tag)) continue;
    if (/\bdisabled\b/.test(tag)) continue;
    fields.append(attribute(tag, "name"), attribute(tag, "value") ?? "");
  }
  const button = page.match(/<button[^>]*class="main"[^>]*>/)?.[0] ?? fail("no main button");
  fields.append(attribute(button, "name"), attribute(button, "value"));
  return { url: new URL(attribute(form, "action") || at, at).href, fields };
}

async function consent(authUrl) {
  let at = authUrl;
  let page = await fetch(at);
  const { url, fields } = pressed(await page.text(), at);
  const answer = await fetch(url, { method: "POST", body: fields, redirect: "manual" });
  if (answer.status < 300 || answer.status > 399) {
    throw new Error(`the consent page answered ${answer.status}`);
  }
  return new URL(answer.headers.get("location"), url).href;
}

async function connect(platform) {
  const begun = await json(`${api}/${platform}/oauth/initiate`);
  const back = await consent(begun.auth_url);
  const returned = await call(back.split("#")[0]);
  if (returned.status !== 303) throw new Error(`the callback answered ${returned.status}`);
  let flow = await json(`${api}/${platform}/oauth/finish`, "POST", { flow_id: begun.flow_id });
  if (flow.status === "choose") {
    const choice = flow.choices.find((one) => one.usable);
    flow = await json(`${api}/${platform}/oauth/finish`, "POST", {
      flow_id: begun.flow_id,
      choices: [choice.id],
    });
  }
  if (flow.status !== "connected") throw new Error(flow.problem?.message ?? flow.status);
  const [account] = flow.accounts;
  return { value: account, note: account.username || account.name };
}

// By the tus protocol, in pieces of 1 MiB.
async function upload({ file, type }) {
  const bytes = await readFile(path.join(samples, file));
  const base64 = (text) => Buffer.from(text).toString("base64");
  const tus = { "tus-resumable": "1.0.0" };
  const created = await call(`${api}/media`, {
    method: "POST",
    headers: {
      ...tus,
      "upload-length": String(bytes.length),
      "upload-metadata": `filename ${base64(file)},filetype ${base64(type)}`,
    },
  });
  const location = new URL(created.headers.get("location"), herald).href;
  for (let at = 0; at < bytes.length; ) {
    const stored = await call(location, {
      method: "PATCH",
      headers: {
        ...tus,
        "upload-offset": String(at),
        "content-type": "application/offset+octet-stream",
      },
      body: bytes.subarray(at, at + (1 << 20)),
    });
    at = Number(stored.headers.get("upload-offset"));
  }
  const medium = await until(() => json(location), (one) => one.status !== "processing");
  if (medium.status !== "ready") throw new Error(medium.problem ?? medium.status);
  return { value: medium.id, note: `${file}, ${bytes.length} bytes` };
}

async function until(ask, good, most = 120_000) {
  for (const begun = performance.now(); ; ) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (performance.now() - begun > most) throw new Error("it took too long");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function publish(post, account, media) {
  const made = await json(
    `${api}/posts`,
    "POST",
    {
      text: post.text,
      media: [{ media_id: media }],
      targets: [{ account_id: account.id, kind: post.kind, options: post.options }],
    },
    { "idempotency-key": `demo-${crypto.randomUUID()}` },
  );
  const over = ["published", "failed", "needs_attention", "missed", "cancelled"];
  const done = await until(
    () => json(`${api}/posts/${made.id}`),
    (one) => over.includes(one.status),
  );
  const [delivery] = done.deliveries;
  if (done.status !== "published") throw new Error(`${delivery.state}: ${delivery.message}`);
  return { value: delivery, note: delivery.url };
}

async function seen(platform, delivery) {
  const ledger = await (await fetch(`${sandbox}/_sandbox/ledger`)).json();
  const entries = (ledger.entries ?? ledger).filter(
    (entry) => entry.platform === platform && entry.id === delivery.remote_id,
  );
  if (entries.length !== 1) throw new Error(`the audience sees it ${entries.length} times`);
  return { note: "once" };
}

await step("signed in", async () => {
  const session = await json(`${herald}/api/auth/login`, "POST", { email, password });
  token = session.access_token;
  return { note: session.user.email };
});
for (const post of posts) {
  const account = await step(`${post.platform}: connected`, () => connect(post.platform));
  const media = await step(`${post.platform}: uploaded`, () => upload(post));
  const delivery = await step(`${post.platform}: published`, () => publish(post, account, media));
  await step(`${post.platform}: seen by the audience`, () => seen(post.platform, delivery));
}
console.log(`  ✓ proof complete: ${posts.length} platforms`);
