// The draft and its files, kept while the person looks at other pages, and over a reload.
import { useSyncExternalStore } from "react";
import { session } from "../api/client";
import { onMedia } from "../api/live";
import type { Post } from "../api/types";
import type { Item } from "../media/item";
import { Uploads } from "../media/uploads";
import { uploadWorld } from "../media/world";
import { edited, emptyDraft, newTarget, type Draft, type DraftTarget, type Edit } from "./draft";
import { Submission } from "./submission";
import { browserZone, localOf } from "./zone";

export class ComposeStore {
  draft: Draft = emptyDraft();
  readonly uploads = new Uploads(uploadWorld);
  readonly submission = new Submission();
  #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  edit = (edit: Edit): void => this.set(edited(this.draft, edit));

  set(draft: Draft): void {
    this.draft = draft;
    for (const listener of this.#listeners) listener();
  }

  reset(): void {
    this.submission.done();
    this.uploads.clear();
    this.set(emptyDraft());
  }
}

export function useCompose(store: ComposeStore) {
  const draft = useSyncExternalStore(store.subscribe, () => store.draft);
  const items = useSyncExternalStore(store.uploads.subscribe, () => store.uploads.items);
  return { draft, items };
}

/** A draft that holds what a scheduled post says now. */
export function storeOf(post: Post): ComposeStore {
  const store = new ComposeStore();
  const zone = post.time_zone ?? browserZone();
  const media = post.media.map((one) => ({
    key: store.uploads.adopt({
      mediaId: one.media_id,
      type: one.type,
      previewUrl: one.preview_url,
    }),
    alt: one.alt_text ?? "",
  }));
  const targets: DraftTarget[] = [];
  for (const target of post.targets) {
    targets.push({
      ...newTarget(target.account_id, targets),
      place: target.target_key ?? "",
      kind: target.kind,
      text: target.text ?? null,
      options: target.options ?? {},
    });
  }
  const local = localOf(new Date(post.due_at), zone);
  store.set({ text: post.text, media, targets, later: true, local, zone });
  return store;
}

const kKept = "herald-draft";
export const newPost = new ComposeStore();
onMedia((mediaId) => newPost.uploads.hear(mediaId));

interface Kept {
  draft: Draft;
  items: Item[];
}

function keep(): void {
  const items = [...newPost.uploads.items.values()].filter(({ state }) => state === "ready");
  sessionStorage.setItem(kKept, JSON.stringify({ draft: newPost.draft, items } satisfies Kept));
}

/** What a reload left: the words and the files that had arrived; the others are dropped again. */
function restore(text: string | null): void {
  if (!text) return;
  const { draft, items } = JSON.parse(text) as Kept;
  const keys = new Map<string, string>();
  for (const { key, ...item } of items) {
    if (!item.mediaId || item.previewUrl?.startsWith("blob:")) item.previewUrl = null;
    if (item.mediaId) keys.set(key, newPost.uploads.adopt({ ...item, mediaId: item.mediaId }));
  }
  const media = draft.media.flatMap(({ key, alt }) => {
    const kept = keys.get(key);
    return kept ? [{ key: kept, alt }] : [];
  });
  const targets = draft.targets.map((target) => ({ ...target, uploads: {} }));
  newPost.set({ ...emptyDraft(), ...draft, media, targets });
}

try {
  restore(sessionStorage.getItem(kKept));
} catch {
  sessionStorage.removeItem(kKept); // From another version of this app.
}
newPost.subscribe(keep);
newPost.uploads.subscribe(keep);
session.subscribe(() => {
  if (session.state.phase !== "signed_out") return;
  newPost.reset();
  sessionStorage.removeItem(kKept);
});
