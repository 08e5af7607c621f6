// Made-up figures: followers that grow, days that were not read, and a permission not given.
import type { AccountAnalytics, Figures, Metric, PostAnalytics } from "../../src/api/types";
import { accounts, at, posts } from "./world";

const kDayMs = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const today = Date.parse(dayOf(Date.now()));

function metric(platform: string, of: Metric["of"], words: string, change: Partial<Metric> = {}) {
  const [name = "", label = "", theirs = "", meaning = ""] = words.split("|");
  const source = `https://developers.${platform}.example/metrics#${theirs}`;
  const known = { span: "so_far", account_kind: "", source, checked_on: "2026-11-22" } as const;
  return { platform, of, name, label, theirs, meaning, ...known, ...change };
}

const kMetrics: Metric[] = [
  metric("instagram", "account", "followers|Followers|followers_count|Who follows the account."),
  metric("instagram", "account", "posts|Posts|media_count|The media the account shows."),
  metric("instagram", "account", "reach|Reach|reach|How many accounts saw any of the media.", {
    span: "day",
  }),
  metric("instagram", "account", "views|Views|views|How often the media were shown or played.", {
    span: "day",
  }),
  metric("youtube", "account", "followers|Followers|subscriberCount|Subscribers, rounded."),
  metric("youtube", "account", "views|Views|viewCount|How often the videos were watched."),
  metric("linkedin", "account", "followers|Followers|firstDegreeSize|Who follows the page."),
  metric("linkedin", "account", "clicks|Clicks|clickCount|Clicks on content, name or logo."),
  metric("instagram", "post", "views|Views|views|How often the post was shown or played."),
  metric("instagram", "post", "likes|Likes|like_count|Likes, without those of comments."),
  metric("instagram", "post", "saves|Saves|saved|How often the post was saved."),
  metric("youtube", "post", "views|Views|viewCount|How often the video was watched."),
  metric("youtube", "post", "likes|Likes|likeCount|Who likes the video."),
  metric("linkedin", "post", "views|Views|impressionCount|How often the post was shown."),
  metric("linkedin", "post", "comments|Comments|commentCount|Comments."),
];

function period(asked: URLSearchParams) {
  const to = asked.get("to") ?? dayOf(today);
  return { from: asked.get("from") ?? dayOf(Date.parse(to) - 29 * kDayMs), to };
}

/** Read since `began` days ago, but for a day now and then. */
function figures(metrics: Metric[], began: number, size: number, asked: URLSearchParams): Figures {
  const { from, to } = period(asked);
  const valuesOn = (ago: number) =>
    Object.fromEntries(
      metrics.map(({ name, span }, index) => {
        const grown = (size / (index + 1)) * (1 + (began - ago) / 40);
        const swing = (size / 9) * (1.2 + Math.sin((ago + size) / 2.3));
        return [name, Math.round(span === "day" ? swing : grown)];
      }),
    );
  const agos = Array.from({ length: began + 1 }, (_, index) => began - index);
  const days = agos
    .filter((ago) => (ago + size) % 17 !== 3)
    .map((ago) => ({ day: dayOf(today - ago * kDayMs), values: valuesOn(ago) }))
    .filter(({ day }) => day >= from && day <= to);
  const latest = metrics.length > 0 ? valuesOn(0) : {};
  return { latest, days, measured_at: at(-95), next_at: at(60 * 22), problem: null };
}

const kSizes = [4210, 380, 12_400, 1730];

export function accountAnalytics(asked: URLSearchParams): AccountAnalytics {
  const metrics = kMetrics.filter(({ of }) => of === "account");
  const [platform, id] = [asked.get("platform"), asked.get("account_id")];
  const shown = accounts.map((account, index) => {
    const garden = account.id === "acc_garden";
    const own = metrics.filter(
      (one) => one.platform === account.platform && !(garden && one.span === "day"),
    );
    const message = "Reach and views take a permission that was not given.";
    const off = garden ? [{ names: ["reach", "views"], scope: "insights", message }] : [];
    const read = figures(own, garden ? 12 : 70, kSizes[index] ?? 100, asked);
    if (garden) read.problem = "The access was taken back. Reconnect the account.";
    return { account, figures: read, off };
  });
  return {
    ...period(asked),
    metrics,
    accounts: (process.env.MOCK_EMPTY ? [] : shown).filter(
      ({ account }) => (!platform || account.platform === platform) && (!id || account.id === id),
    ),
  };
}

export function postAnalytics(asked: URLSearchParams): PostAnalytics {
  const metrics = kMetrics.filter(({ of }) => of === "post");
  const [platform, account, post] = ["platform", "account_id", "post_id"].map((n) => asked.get(n));
  const { from } = period(asked);
  const published = posts
    .flatMap((one) => one.deliveries.map((delivery) => ({ ...one, delivery })))
    .filter(({ id, delivery }) => delivery.published_at && (!post || id === post))
    .filter(({ delivery: one }) => !platform || one.platform === platform)
    .filter(({ delivery: one }) => !account || one.account_id === account)
    .filter(({ due_at }) => due_at >= from);
  const rows = published.map(({ id, text, due_at, delivery }, index) => {
    const own = metrics.filter((one) => one.platform === delivery.platform);
    const ago = Math.round((today - Date.parse(due_at)) / kDayMs);
    return {
      post_id: id,
      delivery_id: delivery.id,
      account_id: delivery.account_id,
      account_name: delivery.account_name,
      platform: delivery.platform,
      account_kind: "page",
      kind: delivery.kind,
      text: text.slice(0, 200),
      url: delivery.url ?? "",
      published_at: due_at,
      figures: figures(own, Math.max(0, ago), 900 / (index + 1), asked),
    };
  });
  return {
    ...period(asked),
    metrics,
    posts: process.env.MOCK_EMPTY ? [] : rows,
    next_cursor: null,
  };
}
