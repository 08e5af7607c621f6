// What the page shows, as its address says it: a link keeps it.
export const kPeriods = [7, 30, 90] as const;
export type Period = (typeof kPeriods)[number];
export type View = "accounts" | "posts";

export interface Shown {
  view: View;
  platform?: string;
  account?: string;
  post?: string; // Of the posts, one alone.
  days: Period;
  figure?: string; // Column::id of what the chart draws.
}

const kUsual: Partial<Shown> = { view: "accounts", days: 30 };
const kNames = ["view", "platform", "account", "post", "days", "figure"] as const;

/** What nobody could have meant is left out. */
export function readAddress(asked: URLSearchParams): Shown {
  const text = (name: string) => asked.get(name) || undefined;
  return {
    view: asked.get("view") === "posts" ? "posts" : "accounts",
    platform: text("platform"),
    account: text("account"),
    post: text("post"),
    days: kPeriods.find((days) => String(days) === asked.get("days")) ?? 30,
    figure: text("figure"),
  };
}

/** The shortest address that says it. */
export function addressOf(shown: Partial<Shown>): URLSearchParams {
  const words = kNames
    .filter((name) => shown[name] !== undefined && shown[name] !== kUsual[name])
    .map((name): [string, string] => [name, String(shown[name])]);
  return new URLSearchParams(words);
}

/** The shortest period that holds that day; null when none does. */
export function periodWith(time: Date, now = new Date()): Period | null {
  const today = Math.floor(now.getTime() / 86_400_000);
  const ago = today - Math.floor(time.getTime() / 86_400_000);
  return kPeriods.find((days) => ago < days) ?? null;
}
