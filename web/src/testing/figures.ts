// Figures for tests: complete, with what matters changed.
import type { AccountAnalytics, Figures, Metric, PostAnalytics } from "../api/types";
import { kTime, someAccount } from "./values";

export function someFigures(change: Partial<Figures> = {}): Figures {
  return { latest: {}, days: [], measured_at: kTime, next_at: null, problem: null, ...change };
}

export function someMetric(change: Partial<Metric> = {}): Metric {
  return {
    platform: "alpha",
    of: "account",
    name: "followers",
    label: "Followers",
    theirs: "fan_count",
    meaning: "Who follows the page.",
    span: "so_far",
    account_kind: "",
    source: "https://alpha.example/metrics",
    checked_on: "2026-11-22",
    ...change,
  };
}

export function someAccountAnalytics(change: Partial<AccountAnalytics> = {}): AccountAnalytics {
  const figures = someFigures({ latest: { followers: 1204 } });
  return {
    from: "2026-11-20",
    to: "2026-11-22",
    metrics: [someMetric()],
    accounts: [{ account: someAccount(), figures, off: [] }],
    ...change,
  };
}

export function somePublished(
  change: Partial<PostAnalytics["posts"][number]> = {},
): PostAnalytics["posts"][number] {
  return {
    post_id: "post_1",
    delivery_id: "dlv_1",
    account_id: "acc_1",
    account_name: "Morning Bakery",
    platform: "alpha",
    account_kind: "page",
    kind: "photo",
    text: "Hello\nthere",
    url: "https://a.example/p/1",
    published_at: kTime,
    figures: someFigures({ latest: { views: 900 } }),
    ...change,
  };
}

export function somePostAnalytics(change: Partial<PostAnalytics> = {}): PostAnalytics {
  return {
    from: "2026-11-20",
    to: "2026-11-22",
    metrics: [someMetric({ of: "post", name: "views", label: "Views", theirs: "plays" })],
    posts: [somePublished()],
    next_cursor: null,
    ...change,
  };
}
