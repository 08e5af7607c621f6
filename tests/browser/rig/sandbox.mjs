// The sandbox's control API: what the audience saw, what was asked, and what is to go wrong.
export class Sandbox {
  constructor(url) {
    this.url = url;
  }

  async #control(verb, body) {
    const options = body && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${this.url}/_sandbox/${verb}`, options);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox refuses ${verb}: ${text}`);
    return JSON.parse(text);
  }

  async healthy() {
    const answer = await fetch(`${this.url}/_sandbox/health`).catch(() => null);
    return answer?.ok;
  }

  /** Where a page of a platform is found here. */
  placeOf = (link) => link.replace("https:/", this.url);

  /** All that the audience of a platform saw happen, as { event, kind, id, text, link, ... }. */
  async entries(platform) {
    const { entries } = await this.#control("ledger");
    return entries.filter((entry) => entry.platform === platform);
  }

  /** The posts among that. */
  async seen(platform) {
    return (await this.entries(platform)).filter(({ event }) => event === "post");
  }

  /** The calls whose host and path match, oldest first. */
  async calls(pattern, method) {
    const { calls } = await this.#control("calls");
    return calls.filter(
      (call) => pattern.test(call.host + call.path) && (!method || call.method === method),
    );
  }

  /** Requests for tokens that any client has made. */
  tokenCalls = () => this.calls(/\/(oauth\/access_token|token)$/);

  fault = (fault) => this.#control("faults", fault);
  act = (verb, body = {}) => this.#control(verb, body);

  async noFaults() {
    await fetch(`${this.url}/_sandbox/faults`, { method: "DELETE" });
  }
}
