const kSegmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const kLink = /(?<![\p{L}\p{N}@#$])https?:\/\/[\p{L}\p{N}][^\s<>"]*[\p{L}\p{N}/=_#&+-]/giu;
const kMention =
  /(?<![=/\p{L}\p{N}_])(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*/giu;

/**
 * What reads as one character counts 1, a link 23, a mention only its user. The server counts more
 * strictly where a link is doubtful.
 */
export function clustersOf(text: string): number {
  const counted = text.replace(kLink, "x".repeat(23)).replace(kMention, "$1");
  let clusters = 0;
  for (const _ of kSegmenter.segment(counted)) clusters += 1;
  return clusters;
}
