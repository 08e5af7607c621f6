// A post and its steps in a few words.
import type { Attempt, Platform, Post } from "../api/types";

const kLongest = 60;

/** What a platform asks for besides the text, e.g. a title: the first short text it requires. */
function heading(post: Post, platforms: Platform[]): string | undefined {
  for (const { account_id, kind, options } of post.targets) {
    const platform = post.deliveries.find((one) => one.account_id === account_id)?.platform;
    const known = platforms.find(({ id }) => id === platform)?.kinds.find(({ id }) => id === kind);
    const name = known?.options.find(({ type, required }) => required && type === "text")?.name;
    const value = name === undefined ? undefined : options?.[name];
    if (typeof value === "string" && value.trim()) return value.trim();
  }
  return undefined;
}

/** The post's own words, or the heading that it has on a platform; null when it has neither. */
export function wordsOf(post: Post, platforms: Platform[]): string | null {
  return post.text.trim() || heading(post, platforms) || null;
}

/** The first line, cut where a word ends. */
export function titleOf(post: Post, platforms: Platform[]): string {
  const line = wordsOf(post, platforms)?.split("\n")[0] ?? "Post without text";
  return line.length <= kLongest ? line : `${line.slice(0, kLongest).replace(/\s+\S*$/, "")}…`;
}

/** "upload: PUT a.example/videos" -> what is done, and the call that does it. A conversation of
 * several has each with its outcome: "lookup; GET a.example/me: accepted (200); GET ...". */
export function stepOf({ step }: Attempt): { what: string; call: string | null } {
  const [first = step, ...rest] = step.split("; ");
  const [, what = first, one = null] = /^(.+?): ([A-Z]+ \S+)$/.exec(first) ?? [];
  const several = rest.map((call) => call.replace(/: accepted \(\d+\)$/, ""));
  return {
    what: what.charAt(0).toUpperCase() + what.slice(1),
    call: several.length > 0 ? several.join(" · ") : one,
  };
}
