// Platforms as `/platforms` might list them: enough variety to draw every kind of card and field.
import type { Option, Platform, PostKind, Scope, SignIn } from "../../src/api/types";

const kDay = "2026-11-20";
const kFact = { source: "https://developers.example.com/limits", checked_on: kDay };

type Text = PostKind["text"];
type Rule = PostKind["media"]["rules"][number];

const text = (max: number | null, change: Partial<Text> = {}): Text => ({
  allowed: true,
  required: false,
  max,
  counted_as: "code_points",
  ...kFact,
  ...change,
});

const image: Rule = {
  type: "image",
  min_bytes: null,
  max_bytes: 8 * 2 ** 20,
  min_side: null,
  min_frame_rate: null,
  max_frame_rate: null,
  min_ratio: 0.8,
  max_ratio: 1.91,
  max_width: null,
  min_seconds: null,
  max_seconds: null,
  formats: ["image/jpeg", "image/png", "image/webp"],
  ...kFact,
};
const video = (max_seconds: number | null, max_ratio: number | null = null): Rule => ({
  type: "video",
  min_bytes: null,
  max_bytes: 300 * 2 ** 20,
  min_side: null,
  min_frame_rate: 23,
  max_frame_rate: 60,
  min_ratio: null,
  max_ratio,
  max_width: 1920,
  min_seconds: 3,
  max_seconds,
  formats: ["video/mp4", "video/quicktime"],
  ...kFact,
});

export function option(name: string, label: string, change: Partial<Option>): Option {
  return {
    name,
    label,
    help: null,
    type: "text",
    required: false,
    default: null,
    max: null,
    counted_as: null,
    choices: [],
    choices_from: null,
    under: null,
    media: null,
    min_items: null,
    max_items: null,
    scopes: [],
    ...kFact,
    ...change,
  };
}

const choices = (...labels: string[]) =>
  labels.map((label) => ({ value: label.toLowerCase().replaceAll(" ", "_"), label }));

const comment = option("first_comment", "First comment", {
  type: "long_text",
  help: "Written right after publishing",
  max: 2200,
  counted_as: "code_points",
});
const collaborators = option("collaborators", "Collaborators", { type: "tags", help: "At most 3" });

function kind(
  id: string,
  label: string,
  of: { text: Text; min: number; max: number; rules: Rule[]; alt?: number; options?: Option[] },
): PostKind {
  const types = [...new Set(of.rules.map((rule) => rule.type))];
  const media = { min: of.min, max: of.max, types, rules: of.rules, alt_text_max: of.alt ?? null, ...kFact };
  return { id, label, text: of.text, media, options: of.options ?? [], consents: [], scopes: [] };
}

const instagram: PostKind[] = [
  kind("image", "Photo", {
    text: text(2200),
    min: 1,
    max: 1,
    rules: [image],
    alt: 1000,
    options: [comment, collaborators],
  }),
  kind("carousel", "Carousel", {
    text: text(2200),
    min: 2,
    max: 10,
    rules: [image, video(60)],
    alt: 1000,
    options: [comment],
  }),
  kind("reel", "Reel", {
    text: text(2200),
    min: 1,
    max: 1,
    rules: [video(900)],
    options: [
      option("share_to_feed", "Show in the feed too", { type: "boolean", default: true }),
      option("cover", "Cover picture", { type: "media", help: "JPEG, up to 8 MB" }),
      comment,
    ],
  }),
  kind("story", "Story", {
    text: text(null, { allowed: false }),
    min: 1,
    max: 1,
    rules: [image, video(60)],
  }),
];

const watching: Option[] = [
  option("title", "Title", { required: true, max: 100, counted_as: "code_points" }),
  option("privacy", "Who can watch", {
    type: "choice",
    required: true,
    default: "private",
    choices: choices("Private", "Unlisted", "Public"),
  }),
  option("made_for_kids", "Made for kids", {
    type: "boolean",
    default: false,
    help: "Say yes only if children are the audience",
  }),
  option("category", "Category", {
    type: "choice",
    default: "people_and_blogs",
    choices: choices(
      "Film and animation",
      "Music",
      "People and blogs",
      "Comedy",
      "News",
      "Education",
      "Science",
      "Sports",
      "Travel",
    ),
  }),
  option("tags", "Tags", { type: "tags", max: 500, counted_as: "code_points" }),
  option("thumbnail", "Thumbnail", { type: "media", help: "JPEG or PNG, up to 50 MB" }),
  option("playlist", "Playlist", { type: "choice", choices_from: "playlists" }),
  option("notify_subscribers", "Notify subscribers", { type: "boolean", default: true }),
  option("recorded_at", "Recorded on", { type: "date_time" }),
];

const youtube: PostKind[] = [
  kind("video", "Video", {
    text: text(5000, { counted_as: "utf8_bytes" }),
    min: 1,
    max: 1,
    rules: [video(null)],
    options: watching,
  }),
  kind("short", "Short", {
    text: text(5000, { counted_as: "utf8_bytes" }),
    min: 1,
    max: 1,
    rules: [video(180, 1)],
    options: watching,
  }),
];

const linkedin = [
  kind("post", "Post", {
    text: text(3000, { counted_as: "utf16_units" }),
    min: 0,
    max: 20,
    rules: [image],
    alt: 4086,
  }),
];

function scope(name: string, why: string, use: Scope["use"] = "publish"): Scope {
  const source = "https://developers.example.com/permissions";
  const required = use === "publish";
  const figures = use === "measure" ? ["Views", "Reach", "Shares", "Saves"] : [];
  return { name, why, required, use, figures, account_kinds: [], source, checked_on: kDay };
}

function signIn(id: string, name: string, change: Partial<SignIn> = {}): SignIn {
  return {
    registration: "main",
    name,
    account_type: "Any account",
    configured: true,
    missing_variables: [],
    scopes: [
      scope(`${id}_basic`, "To see which account it is."),
      scope(`${id}_publish`, "To publish for you."),
      scope(`${id}_insights`, "To show how posts are doing.", "measure"),
    ],
    ...change,
  };
}

function platform(id: string, name: string, change: Partial<Platform>): Platform {
  return {
    id,
    name,
    available: true,
    configured: true,
    sign_ins: [signIn(id, name)],
    guide_url: `https://herald.example/docs/platforms/${id}`,
    can_post: [],
    kinds: [],
    target: null,
    limits: [
      {
        id: "posts_per_day",
        label: "Posts in 24 hours",
        value: 50,
        unit: "posts",
        ...kFact,
      },
      {
        id: "video_size",
        label: "Largest video",
        value: 300 * 2 ** 20,
        unit: "bytes",
        ...kFact,
      },
    ],
    api_version: { version: "v26.0", ends_on: "2028-06-01", ...kFact },
    ...change,
  };
}

const variables = (id: string, key = "ID") => [
  `${id.toUpperCase()}_CLIENT_${key}`,
  `${id.toUpperCase()}_CLIENT_SECRET`,
];

const unset = (missing_variables: string[]) => ({ configured: false, missing_variables });

export const platforms: Platform[] = [
  platform("instagram", "Instagram", {
    sign_ins: [
      signIn("instagram", "Facebook Login", {
        account_type: "Professional account linked to a Facebook Page",
      }),
      signIn("instagram_business", "Instagram Login", {
        registration: "login",
        account_type: "Professional account",
      }),
    ],
    can_post: ["Photos", "Carousels", "Reels", "Stories"],
    kinds: instagram,
  }),
  platform("youtube", "YouTube", {
    sign_ins: [signIn("youtube", "Google", { account_type: "A YouTube channel" })],
    can_post: ["Videos", "Shorts"],
    kinds: youtube,
    api_version: { version: "v3", ends_on: null, ...kFact },
  }),
  platform("linkedin", "LinkedIn", {
    sign_ins: [
      signIn("linkedin", "LinkedIn", { account_type: "A member, or a page you administer" }),
    ],
    can_post: ["Posts with pictures", "Videos", "Documents"],
    kinds: linkedin,
  }),
  platform("facebook", "Facebook", {
    configured: false,
    sign_ins: [
      signIn("facebook", "Facebook Login", {
        account_type: "A Page that you run",
        ...unset(["FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET"]),
      }),
    ],
    can_post: ["Posts", "Photos", "Videos", "Reels"],
  }),
  platform("tiktok", "TikTok", {
    available: false,
    configured: false,
    sign_ins: [signIn("tiktok", "TikTok", unset(variables("tiktok", "KEY")))],
    can_post: ["Videos", "Photo posts"],
  }),
  platform("twitter", "X (Twitter)", {
    available: false,
    configured: false,
    sign_ins: [signIn("twitter", "X", unset(variables("twitter")))],
    can_post: ["Posts", "Threads", "Photos", "Videos"],
  }),
  platform("reddit", "Reddit", {
    available: false,
    configured: false,
    sign_ins: [signIn("reddit", "Reddit", unset(variables("reddit")))],
    can_post: ["Text", "Links", "Pictures", "Videos"],
  }),
];
