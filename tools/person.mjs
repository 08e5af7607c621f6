// A person at Herald without a browser: signs in, connects accounts (the consent is given on the
// sandbox's own page), uploads by tus, publishes and waits for the end.
import { readFile } from "node:fs/promises";
import path from "node:path";

export class Person {
  #cookies = new Map();
  token = "";

  constructor(herald) {
    this.herald = herald;
    this.api = `${herald}/api/social-media`;
  }

  // A request as the browser would make it: with the token and the cookies of Herald's host.
  async call(url, options = {}) {
    const headers = { ...options.headers };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    if (this.#cookies.size) {
      headers.cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    }
    const answer = await fetch(url, { ...options, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    if (answer.status >= 400) {
      const text = await answer.text();
      throw new Error(`${answer.status} from ${new URL(url).pathname}: ${text.slice(0, 300)}`);
    }
    return answer;
  }

  async json(url, method = "GET", body = undefined, headers = {}) {
    const options = { method, headers: { ...headers } };
    if (body !== undefined) {
      options.body = JSON.stringify(body);
      options.headers["content-type"] = "application/json";
    }
    return (await this.call(url, options)).json();
  }

  async signIn(email, password) {
    const session = await this.json(`${this.herald}/api/auth/login`, "POST", { email, password });
    this.token = session.access_token;
    return session;
  }

  // Connects the first usable account that the consent opens, or all of them. Returns them.
  // account: whom the consent page is to take, where it offers several. agree: says yes in another
  // way than by that page's main button.
  async connect(platform, { all = false, account, query = "", agree = consent } = {}) {
    const begun = await this.json(`${this.api}/${platform}/oauth/initiate${query}`);
    const back = await agree(begun.auth_url, account);
    const returned = await this.call(back.split("#")[0]);
    if (returned.status !== 303) throw new Error(`the callback answered ${returned.status}`);
    const finish = `${this.api}/${platform}/oauth/finish`;
    let flow = await this.json(finish, "POST", { flow_id: begun.flow_id });
    if (flow.status === "choose") {
      const usable = flow.choices.filter((one) => one.usable).map((one) => one.id);
      const choices = all ? usable : usable.slice(0, 1);
      flow = await this.json(finish, "POST", { flow_id: begun.flow_id, choices });
    }
    if (flow.status !== "connected") throw new Error(flow.problem?.message ?? flow.status);
    return flow.accounts;
  }

  async upload(file, type) {
    return this.uploadBytes(path.basename(file), type, await readFile(file));
  }

  // By the tus protocol, in pieces of 1 MiB. Returns the medium, ready.
  async uploadBytes(name, type, bytes) {
    const base64 = (text) => Buffer.from(text).toString("base64");
    const tus = { "tus-resumable": "1.0.0" };
    const created = await this.call(`${this.api}/media`, {
      method: "POST",
      headers: {
        ...tus,
        "upload-length": String(bytes.length),
        "upload-metadata": `filename ${base64(name)},filetype ${base64(type)}`,
      },
    });
    const location = new URL(created.headers.get("location"), this.herald).href;
    for (let at = 0; at < bytes.length; ) {
      const stored = await this.call(location, {
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
    const medium = await until(
      () => this.json(location),
      (one) => one.status !== "processing",
    );
    if (medium.status !== "ready") throw new Error(medium.problem ?? medium.status);
    return medium;
  }

  // Publishes to one account and waits for the end, also of what follows: comments, captions.
  // media: none, one, or several; each may have an alt_text. Returns the delivery, published.
  async publish({ text, kind, options, target_key }, account, media = []) {
    const made = await this.json(
      `${this.api}/posts`,
      "POST",
      {
        text,
        media: [media].flat().map(({ id, alt_text }) => ({ media_id: id, alt_text })),
        targets: [{ account_id: account.id, kind, options, target_key }],
      },
      { "idempotency-key": `demo-${crypto.randomUUID()}` },
    );
    const over = ["published", "failed", "needs_attention", "missed", "cancelled"];
    const settled = ({ state }) => [...over, "review"].includes(state);
    const done = await until(
      () => this.json(`${this.api}/posts/${made.id}`),
      (one) => over.includes(one.status) && one.deliveries[0].follow_ups.every(settled),
    );
    const [delivery] = done.deliveries;
    if (done.status !== "published") throw new Error(`${delivery.state}: ${delivery.message}`);
    return delivery;
  }
}

async function until(ask, good, most = 120_000) {
  for (const begun = performance.now(); ; ) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (performance.now() - begun > most) throw new Error("it took too long");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\b${name}="([^"]*)"`));
  return found?.[1]
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
};

// What pressing the page's main button sends: every ticked box and hidden field goes along.
function pressed(page, at, account) {
  const form = page.match(/<form[^>]*>/)?.[0];
  const button = page.match(/<button[^>]*class="main"[^>]*>/)?.[0];
  if (!form || !button) throw new Error("the consent page has no form with a main button");
  const fields = new URLSearchParams();
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const box = ["checkbox", "radio"].includes(attribute(tag, "type"));
    if ((box && !/\bchecked\b/.test(tag)) || /\bdisabled\b/.test(tag)) continue;
    fields.append(attribute(tag, "name"), attribute(tag, "value") ?? "");
  }
  fields.append(attribute(button, "name"), attribute(button, "value"));
  if (account) fields.set("account", account);
  return { url: new URL(attribute(form, "action") || at, at).href, fields };
}

// Allows everything. Returns where the platform sends the browser back to, which LinkedIn does
// without a page for who has said yes before.
export async function consent(authUrl, account) {
  const page = await fetch(authUrl, { redirect: "manual" });
  if (page.status === 302) return new URL(page.headers.get("location"), authUrl).href;
  const { url, fields } = pressed(await page.text(), authUrl, account);
  const answer = await fetch(url, { method: "POST", body: fields, redirect: "manual" });
  if (answer.status < 300 || answer.status > 399) {
    throw new Error(`the consent page answered ${answer.status}`);
  }
  return new URL(answer.headers.get("location"), url).href;
}
