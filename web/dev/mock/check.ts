// A few of the rules that a real server checks.
import type { CheckProblem, PostDraft } from "../../src/api/types";
import { countText } from "../../src/compose/counters";
import { platforms } from "./platforms";
import { accounts, posts } from "./world";

export function problemsOf(draft: PostDraft): CheckProblem[] {
  return draft.targets.flatMap((target, index) => {
    const owner = accounts.find(({ id }) => id === target.account_id);
    const platform = platforms.find(({ id }) => id === owner?.platform);
    const kind = platform?.kinds.find(({ id }) => id === target.kind);
    if (!platform || !kind) return [];
    const found: CheckProblem[] = [];
    const add = (field: string, rule: string, message: string, warning = false) =>
      found.push({
        target: index,
        field,
        rule,
        message,
        limit: null,
        actual: null,
        source: null,
        severity: warning ? "warning" : "error",
      });
    const { max, counted_as: unit } = kind.text;
    if (max !== null && countText(target.text ?? draft.text, unit) > max) {
      add("text", "max_length", `${platform.name} takes at most ${max} characters here.`);
    }
    if (draft.media.length < kind.media.min) {
      add(
        "media",
        "min_count",
        `A ${kind.label.toLowerCase()} needs ${kind.media.min} or more files.`,
      );
    }
    for (const { name, label, required, default: given } of kind.options) {
      if (required && given === null && !target.options?.[name]) {
        add(`options/${name}`, "required", `${label} is missing.`);
      }
    }
    if (draft.text !== "" && posts.some(({ text }) => text === draft.text)) {
      const message = "The same content went to this account by a post of the last 24 hours.";
      add("account_id", "content.repeated", message, true);
    }
    if (owner?.status === "needs_reconnect") {
      add("account_id", "reconnect", "It waits until the account is connected again.", true);
    }
    return found;
  });
}
