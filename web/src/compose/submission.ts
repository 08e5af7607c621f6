import type { PostDraft } from "../api/types";

/** Keeps one Idempotency-Key for as long as the same thing is submitted: pressing the button again
 * after a lost answer must not make a second post. */
export class Submission {
  #key = "";
  #body = "";

  keyFor(draft: PostDraft): string {
    const body = JSON.stringify(draft);
    if (body !== this.#body) this.#key = crypto.randomUUID();
    this.#body = body;
    return this.#key;
  }

  /** It is settled: the same words sent again later are a new post. */
  done(): void {
    this.#body = "";
  }
}
