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

  /** What became visible on a platform, as { event: "post", id, text, title, link, ... }. */
  async seen(platform, event = "post") {
    const { entries } = await this.#control("ledger");
    return entries.filter((entry) => entry.platform === platform && entry.event === event);
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
