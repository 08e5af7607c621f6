// What the made-up server remembers: accounts, media, posts, attempts.
import type {
  Account,
  Attempt,
  Delivery,
  DeliveryState,
  Media,
  Post,
  PostStatus,
} from "../../src/api/types";

const kMinute = 60_000;
const now = Date.now();
export const at = (minutes: number): string =>
  `${new Date(now + minutes * kMinute).toISOString().slice(0, 19)}Z`;

const picture = (hue: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 60% 72%)"/><stop offset="1" stop-color="hsl(${hue + 50} 55% 42%)"/></linearGradient></defs><rect width="100" height="100" fill="url(#g)"/><circle cx="70" cy="30" r="11" fill="#fff" opacity=".8"/><path d="M0 80 30 50l20 20 20-25 30 35v20H0z" fill="#000" opacity=".25"/></svg>`,
  )}`;

function account(
  id: string,
  platform: string,
  name: string,
  change: Partial<Account> = {},
): Account {
  return {
    id,
    platform,
    name,
    username: name.toLowerCase().replaceAll(/[^a-z]+/g, "_"),
    picture_url: null,
    remote_id: `1784140${id.length}0000${id.charCodeAt(4)}`,
    kind: "profile",
    status: "connected",
    status_message: null,
    granted_scopes: [],
    connected_at: at(-20_000),
    ends_at: null,
    parked_posts: 0,
    ...change,
  };
}

export const accounts: Account[] = [
  account("acc_bakery", "instagram", "Morning Bakery", { picture_url: picture(20) }),
  account("acc_garden", "instagram", "Garden on the Hill", {
    picture_url: picture(110),
    status: "needs_reconnect",
    status_message: "The access was taken back on the platform.",
    parked_posts: 2,
  }),
  account("acc_channel", "youtube", "Bread at Dawn", {
    username: null,
    kind: "channel",
    granted_scopes: ["youtube_basic", "youtube_publish"],
  }),
  account("acc_page", "linkedin", "Morning Bakery Ltd", { kind: "organisation" }),
];

export const media = new Map<string, Media>();
export const posts: Post[] = [];
export const attempts: Attempt[] = [];

let made = 0;
export const newId = (prefix: string) => `${prefix}_${(made += 1).toString(36).padStart(4, "0")}`;

export function delivery(
  accountId: string,
  kind: string,
  change: Partial<Delivery> = {},
): Delivery {
  const owner = accounts.find(({ id }) => id === accountId);
  return {
    id: newId("dlv"),
    account_id: accountId,
    account_name: owner?.name ?? "Gone",
    platform: owner?.platform ?? "instagram",
    kind,
    target_key: null,
    state: "scheduled",
    message: null,
    code: null,
    due_at: at(0),
    next_at: null,
    attempt: 1,
    progress: null,
    remote_id: null,
    url: null,
    published_at: null,
    follow_ups: [],
    ...change,
  };
}

export function addPost(
  status: PostStatus,
  minutes: number,
  text: string,
  of: { hues?: number[]; video?: boolean; deliveries: Delivery[] },
): Post {
  const post: Post = {
    id: newId("post"),
    text,
    media: (of.hues ?? []).map((hue) => ({
      media_id: newId("med"),
      alt_text: hue > 60 ? "A hill in the morning" : null,
      preview_url: picture(hue),
      type: of.video ? "video" : "image",
    })),
    due_at: at(minutes),
    time_zone: "Europe/Vienna",
    status,
    revision: 1,
    created_at: at(minutes - 60),
    user_id: "user_1",
    targets: of.deliveries.map(({ account_id, kind }) => ({ account_id, kind, options: {} })),
    deliveries: of.deliveries.map((one) => ({ ...one, due_at: at(minutes) })),
  };
  posts.push(post);
  for (const one of post.deliveries) addAttempts(post, one);
  return post;
}

const kSteps: [string, Attempt["effect"]][] = [
  ["Check the day’s quota", "prepare"],
  ["Create the container", "prepare"],
  ["Ask whether it is ready", "prepare"],
  ["Publish", "publish"],
];

function addAttempts(post: Post, of: Delivery): void {
  const begun: DeliveryState[] = ["running", "waiting", "published", "failed", "unknown", "review"];
  if (!begun.includes(of.state)) return;
  const start = Date.parse(post.due_at);
  const lost = of.state === "unknown" || of.state === "review";
  kSteps.forEach(([step, effect], index) => {
    const last = index === kSteps.length - 1;
    const refused = of.state === "failed" && last;
    const outcome =
      last && lost ? "unknown" : refused ? "refused" : index === 2 ? "not_yet" : "accepted";
    if (last && (of.state === "running" || of.state === "waiting")) return;
    attempts.unshift({
      id: newId("att"),
      delivery_id: of.id,
      post_id: post.id,
      account_id: of.account_id,
      platform: of.platform,
      number: 1,
      step,
      effect,
      started_at: new Date(start + index * 2300).toISOString(),
      ended_at: new Date(start + index * 2300 + 640).toISOString(),
      outcome,
      status_code: last && lost ? null : refused ? 400 : 200,
      message: refused ? "The picture is too wide for a feed post." : null,
    });
  });
}

export { picture };
