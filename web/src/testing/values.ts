// Values for tests: complete, with what matters changed.
import type {
  Account,
  Delivery,
  Flow,
  Media,
  Option,
  Platform,
  Post,
  PostKind,
  Scope,
  SignIn,
} from "../api/types";

export const kTime = "2026-11-22T08:00:00Z";

export const kSession = {
  access_token: "t",
  token_type: "Bearer",
  expires_in: 900,
  user: { id: "u", email: "a@example.com", name: "A", role: "member" },
  customer: { id: "c", name: "C" },
};

export function someAccount(change: Partial<Account> = {}): Account {
  return {
    id: "acc_1",
    platform: "alpha",
    name: "Morning Bakery",
    username: "bakery",
    picture_url: null,
    remote_id: "1",
    kind: "page",
    status: "connected",
    status_message: null,
    granted_scopes: [],
    connected_at: kTime,
    ends_at: null,
    parked_posts: 0,
    ...change,
  };
}

/** Where a rule of a platform comes from. */
export const kFact = { source: "https://alpha.example/rules", checked_on: "2026-11-22" };

type Rule = PostKind["media"]["rules"][number];

export function someRule(change: Partial<Rule> = {}): Rule {
  return {
    type: "image",
    min_bytes: null,
    max_bytes: null,
    min_side: null,
    min_frame_rate: null,
    max_frame_rate: null,
    min_ratio: null,
    max_ratio: null,
    max_width: null,
    min_seconds: null,
    max_seconds: null,
    formats: [],
    ...kFact,
    ...change,
  };
}

export function someKind(
  id: string,
  media: Partial<PostKind["media"]> = {},
  change: Partial<PostKind> = {},
): PostKind {
  return {
    id,
    label: id,
    text: { allowed: true, required: false, max: 100, counted_as: "code_points", ...kFact },
    media: { min: 0, max: 10, types: ["image"], rules: [], alt_text_max: null, ...kFact, ...media },
    options: [],
    consents: [],
    scopes: [],
    ...change,
  };
}

export function someOption(name: string, change: Partial<Option> = {}): Option {
  return {
    name,
    label: name,
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

export function someSignIn(change: Partial<SignIn> = {}): SignIn {
  return {
    registration: "main",
    name: "Alpha",
    account_type: "Any account",
    configured: true,
    missing_variables: [],
    scopes: [],
    ...change,
  };
}

export function someScope(name: string, change: Partial<Scope> = {}): Scope {
  return {
    name,
    why: `To ${name}.`,
    required: true,
    use: "publish",
    figures: [],
    account_kinds: [],
    source: "https://alpha.example/scopes",
    checked_on: "2026-11-22",
    ...change,
  };
}

export function somePlatform(change: Partial<Platform> = {}): Platform {
  return {
    id: "alpha",
    name: "Alpha",
    available: true,
    configured: true,
    sign_ins: [someSignIn()],
    guide_url: "https://herald.example/docs/platforms/alpha",
    can_post: ["Photos"],
    kinds: [someKind("photo")],
    target: null,
    limits: [],
    api_version: null,
    ...change,
  };
}

export function someDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    id: "dlv_1",
    account_id: "acc_1",
    account_name: "Morning Bakery",
    platform: "alpha",
    kind: "photo",
    target_key: null,
    state: "scheduled",
    message: null,
    code: null,
    due_at: kTime,
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

export function somePost(change: Partial<Post> = {}): Post {
  return {
    id: "post_1",
    text: "Hello",
    media: [],
    due_at: kTime,
    time_zone: null,
    status: "scheduled",
    revision: 1,
    created_at: kTime,
    user_id: "user_1",
    targets: [],
    deliveries: [someDelivery()],
    ...change,
  };
}

export function someMedia(change: Partial<Media> = {}): Media {
  return {
    id: "med_1",
    filename: "a.jpg",
    type: "image",
    content_type: "image/jpeg",
    size_bytes: 10,
    width: 100,
    height: 80,
    frames: 1,
    duration_ms: null,
    status: "ready",
    problem: null,
    received_bytes: 10,
    preview_url: "/preview",
    created_at: kTime,
    ...change,
  };
}

export function someFlow(change: Partial<Flow> = {}): Flow {
  return {
    id: "flow_1",
    platform: "alpha",
    status: "waiting",
    choices: [],
    accounts: [],
    problem: null,
    ...change,
  };
}
