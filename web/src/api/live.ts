// Carries server events into the cache, so that open pages move by themselves.
import { useEffect, useSyncExternalStore } from "react";
import { api } from "./client";
import { EventFeed, type ServerEvent } from "./events";
import { keys, queries, type PostPages } from "./queries";
import type { Delivery, DeliveryEvent, FlowRef, Post } from "./types";

type FlowListener = (flow: FlowRef) => void;
const flowListeners = new Set<FlowListener>();
const mediaListeners = new Set<(mediaId: string) => void>();
const connectionListeners = new Set<() => void>();
let connected = false;

export function onFlow(listener: FlowListener): () => void {
  flowListeners.add(listener);
  return () => flowListeners.delete(listener);
}

export function onMedia(listener: (mediaId: string) => void): () => void {
  mediaListeners.add(listener);
  return () => mediaListeners.delete(listener);
}

export function withDelivery(post: Post, delivery: Delivery): Post {
  if (!post.deliveries.some((known) => known.id === delivery.id)) return post;
  const deliveries = post.deliveries.map((known) => (known.id === delivery.id ? delivery : known));
  return { ...post, deliveries };
}

function refresh(postId: string): void {
  void queries.invalidateQueries({ queryKey: keys.post(postId) });
  void queries.invalidateQueries({ queryKey: keys.history(postId) });
  void queries.invalidateQueries({ queryKey: keys.posts });
  // An account says how many posts wait for it.
  void queries.invalidateQueries({ queryKey: keys.accounts });
  void queries.invalidateQueries({ queryKey: keys.analytics });
}

// Held against what events told before: the post itself may have been read since, and the accounts
// beside it not.
function moved(post: Post | undefined, { id, state }: Delivery): boolean {
  const told = ["told", id];
  const known = queries.getQueryData(told) ?? post?.deliveries.find((one) => one.id === id)?.state;
  queries.setQueryData(told, state);
  return known !== state;
}

function takeDelivery({ post_id, ...delivery }: DeliveryEvent): void {
  const before = queries.getQueryData<Post>(keys.post(post_id));
  if (before) queries.setQueryData(keys.post(post_id), withDelivery(before, delivery));
  queries.setQueriesData<PostPages>(
    { queryKey: keys.posts },
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({
          ...page,
          posts: page.posts.map((p) => (p.id === post_id ? withDelivery(p, delivery) : p)),
        })),
      },
  );
  // Progress alone needs no reading again; a new state moves the post's own status, too.
  if (moved(before, delivery)) refresh(post_id);
}

export function takeEvent({ name, data }: ServerEvent): void {
  const given = data as Record<string, string>;
  if (name === "delivery.updated") takeDelivery(data as DeliveryEvent);
  if (name === "post.updated" && given.post_id) refresh(given.post_id);
  if (name === "account.updated") {
    void queries.invalidateQueries({ queryKey: keys.accounts });
    void queries.invalidateQueries({ queryKey: keys.analytics });
  }
  if (name === "flow.updated") for (const tell of flowListeners) tell(data as FlowRef);
  if (name === "media.updated" && given.media_id) {
    for (const tell of mediaListeners) tell(given.media_id);
  }
}

function setConnected(now: boolean): void {
  connected = now;
  for (const tell of connectionListeners) tell();
  // Nothing is replayed: what happened before the stream stood is read again.
  if (now) void queries.invalidateQueries();
}

/** Listens as long as the component that calls it stands. */
export function useLiveUpdates(): void {
  useEffect(() => {
    const open = async (signal: AbortSignal) => {
      const asked = await api.GET("/api/social-media/events", { signal, parseAs: "stream" });
      return asked.response;
    };
    const feed = new EventFeed(open, { event: takeEvent, connection: setConnected });
    void feed.run();
    return () => {
      feed.stop();
      connected = false;
    };
  }, []);
}

/** False while events do not come: pages then ask by themselves. */
export function useLive(): boolean {
  return useSyncExternalStore(
    (tell) => {
      connectionListeners.add(tell);
      return () => connectionListeners.delete(tell);
    },
    () => connected,
  );
}
