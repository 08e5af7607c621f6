// Which kind of post the media at hand make.
import type { MediaType, PostKind } from "../api/types";

export interface MediaFacts {
  type: MediaType | null;
  width: number | null; // Unknown until the server has looked.
  height: number | null;
  durationMs: number | null;
}

type Rule = PostKind["media"]["rules"][number];

const within = (value: number, min: number | null, max: number | null): boolean =>
  (min === null || value >= min) && (max === null || value <= max);

function obeys(media: MediaFacts, rule: Rule): boolean {
  const { width, height, durationMs } = media;
  if (width && height && !within(width / height, rule.min_ratio, rule.max_ratio)) return false;
  return durationMs === null || within(durationMs / 1000, rule.min_seconds, rule.max_seconds);
}

/** As many media as the kind wants, of types that it takes. */
export function takes(kind: PostKind, media: MediaFacts[]): boolean {
  const { min, max, types } = kind.media;
  return within(media.length, min, max) && media.every(({ type }) => !type || types.includes(type));
}

function suits(kind: PostKind, media: MediaFacts[]): boolean {
  return media.every((one) => {
    const rules = kind.media.rules.filter((rule) => rule.type === one.type);
    return rules.length === 0 || rules.some((rule) => obeys(one, rule));
  });
}

/** The first kind that the media suit, as far as they are known; the platform's order decides. */
export function defaultKind(kinds: PostKind[], media: MediaFacts[]): PostKind | undefined {
  const taking = kinds.filter((kind) => takes(kind, media));
  return (
    taking.find((kind) => suits(kind, media)) ??
    taking[0] ??
    kinds.find((kind) => media.every(({ type }) => !type || kind.media.types.includes(type))) ??
    kinds[0]
  );
}
