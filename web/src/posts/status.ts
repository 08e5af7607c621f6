// Words and colours for how posts and deliveries stand. Doubt is never called failure.
import type { Attempt, Delivery, DeliveryState, Post, PostStatus } from "../api/types";
import type { Tone } from "../shell/Tag";

export interface Look {
  label: string;
  tone: Tone;
}

export const kPostLooks: Record<PostStatus, Look> = {
  scheduled: { label: "Scheduled", tone: "quiet" },
  publishing: { label: "Publishing", tone: "info" },
  published: { label: "Published", tone: "good" },
  partly_published: { label: "Partly published", tone: "warn" },
  failed: { label: "Not published", tone: "bad" },
  needs_attention: { label: "Needs you", tone: "warn" },
  cancelled: { label: "Cancelled", tone: "quiet" },
  missed: { label: "Missed", tone: "bad" },
};

export const kDeliveryLooks: Record<DeliveryState, Look> = {
  scheduled: { label: "Scheduled", tone: "quiet" },
  running: { label: "Publishing", tone: "info" },
  waiting: { label: "In progress", tone: "info" },
  published: { label: "Published", tone: "good" },
  failed: { label: "Refused", tone: "bad" },
  parked: { label: "Waits for reconnect", tone: "warn" },
  unknown: { label: "Checking", tone: "info" },
  review: { label: "Please look", tone: "warn" },
  cancelled: { label: "Cancelled", tone: "quiet" },
  missed: { label: "Missed", tone: "bad" },
};

/** What the state means for the person, where the server says nothing closer. */
export const kExplained: Record<DeliveryState, string | null> = {
  scheduled: null,
  running: null,
  waiting: "The platform is still working on it.",
  published: null,
  failed: "The platform did not take it.",
  parked: "The account needs to be connected again. Then this goes out by itself.",
  unknown:
    "It was sent, but the platform’s answer did not arrive. Herald is looking whether it is " +
    "live, and does not send it twice.",
  review: "Herald could not find out whether this is live. Please look at the account and say.",
  cancelled: "It was cancelled before it went out.",
  missed: "Its time passed before it could go out, so it was not published late.",
};

export const kOutcomes: Record<NonNullable<Attempt["outcome"]>, Look> = {
  accepted: { label: "Accepted", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
  not_yet: { label: "Not yet", tone: "quiet" },
  unknown: { label: "No answer seen", tone: "warn" },
  not_sent: { label: "Not sent", tone: "quiet" },
};

const kUnsettled: DeliveryState[] = ["scheduled", "running", "waiting", "parked", "unknown"];

export function isUnsettled(post: Post): boolean {
  return post.deliveries.some(({ state }) => kUnsettled.includes(state));
}

// Before anything of it is under way; the server has the last word on both.
export function canEdit(post: Post): boolean {
  return post.status === "scheduled" && post.deliveries.every(({ state }) => state === "scheduled");
}

export function canCancel(post: Post): boolean {
  const open: DeliveryState[] = ["scheduled", "waiting", "parked"];
  return post.deliveries.some(({ state }) => open.includes(state));
}

/** 0 to 100 while bytes are counted, else null. */
export function shareOf(progress: Delivery["progress"]): number | null {
  if (!progress || progress.total_bytes <= 0) return null;
  return Math.min(100, (progress.done_bytes / progress.total_bytes) * 100);
}
