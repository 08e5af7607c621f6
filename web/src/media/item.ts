// A file that the person has chosen, and how it stands.
import type { Media, MediaType } from "../api/types";

export type ItemState = "queued" | "uploading" | "processing" | "ready" | "refused" | "broken";

export interface Item {
  key: string;
  name: string;
  type: MediaType | null;
  state: ItemState;
  message: string | null; // Why it is refused or broken.
  sizeBytes: number;
  sentBytes: number;
  mediaId: string | null;
  width: number | null;
  height: number | null;
  frames: number | null; // More than 1: it is animated.
  durationMs: number | null;
  previewUrl: string | null;
}

export const isUnderWay = (item: Item): boolean =>
  item.state === "queued" || item.state === "uploading" || item.state === "processing";

let made = 0;

export function newItem(name: string, type: MediaType | null): Item {
  return {
    key: `item-${(made += 1)}`,
    name,
    type,
    state: "queued",
    message: null,
    sizeBytes: 0,
    sentBytes: 0,
    mediaId: null,
    width: null,
    height: null,
    frames: null,
    durationMs: null,
    previewUrl: null,
  };
}

/** What the server found once the bytes were there. */
export function settled(media: Media, localPreview: string | null): Partial<Item> {
  const refused = media.status === "refused";
  return {
    state: refused ? "refused" : "ready",
    message: refused ? (media.problem ?? "This file cannot be used.") : null,
    type: media.type,
    width: media.width,
    height: media.height,
    frames: media.frames,
    durationMs: media.duration_ms,
    previewUrl: media.preview_url ?? localPreview,
  };
}
