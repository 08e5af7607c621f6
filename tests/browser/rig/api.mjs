// The API as a program uses it, where the browser is not the matter: to bring accounts about and to
// judge what became of things.
import assert from "node:assert/strict";
import { consent } from "../../../tools/person.mjs";
import { password } from "./programs.mjs";

export class Api {
  #programs;
  #token;
  #cookies = new Map();

  static async of(programs, person) {
    const api = new Api();
    api.#programs = programs;
    const url = `${programs.url}/api/auth/login`;
    const { body } = await api.send(url, { email: person.email, password });
    api.#token = body.access_token;
    return api;
  }

  /** GET, or POST where there is something to say. Cookies are kept, redirects are not followed. */
  async send(url, said, method = said === undefined ? "GET" : "POST") {
    const headers = { cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join("; ") };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (said !== undefined) headers["content-type"] = "application/json";
    const body = said === undefined ? undefined : JSON.stringify(said);
    const answer = await fetch(url, { method, headers, body, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    const text = await answer.text();
    const json = /json/.test(answer.headers.get("content-type") ?? "");
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
  }

  async ask(route, said, method) {
    return this.send(`${this.#programs.url}/api/social-media/${route}`, said, method);
  }

  /** A whole file at once (tus, creation-with-upload); its id. */
  async upload(name, type, bytes) {
    const base64 = (text) => Buffer.from(text).toString("base64");
    const answer = await fetch(`${this.#programs.url}/api/social-media/media`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${this.#token}`,
        "tus-resumable": "1.0.0",
        "upload-length": String(bytes.length),
        "upload-metadata": `filename ${base64(name)},filetype ${base64(type)}`,
        "content-type": "application/offset+octet-stream",
      },
      body: bytes,
    });
    assert.equal(answer.status, 201);
    return answer.headers.get("location").split("/").at(-1);
  }

  async accounts() {
    return (await this.ask("accounts")).body.accounts;
  }

  /** Carries a cookie of another jar, as an attacker may plant one. */
  plant({ name, value }) {
    this.#cookies.set(name, value);
  }

  /** The whole flow; of several accounts the one that is named, or the first that can be used. */
  async connect(platform, { query = "", account } = {}) {
    const begun = await this.ask(`${platform}/oauth/initiate${query}`);
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const back = await consent(begun.body.auth_url);
    assert.equal((await this.send(back.split("#")[0])).status, 303);
    const flow_id = begun.body.flow_id;
    let { body: flow } = await this.ask(`${platform}/oauth/finish`, { flow_id });
    if (flow.status === "choose") {
      const wanted = ({ name, usable }) => (account ? name === account : usable);
      const choices = [flow.choices.find(wanted).id];
      ({ body: flow } = await this.ask(`${platform}/oauth/finish`, { flow_id, choices }));
    }
    assert.equal(flow.status, "connected", flow.problem?.message);
    return flow.accounts[0];
  }
}
