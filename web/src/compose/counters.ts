import type { CountedAs } from "../api/types";
import { clustersOf } from "./clusters";
import { weighed } from "./weighing";

const kBytes = new TextEncoder();
// A flag, a key, or a picture with its skin tone and what is joined to it.
const kPicture = /\p{ExtPict}(?!\ufe0e)(?:\ufe0f|\p{EMod})*/u.source;
const kEmoji = new RegExp(
  `\\p{RI}{2}|[0-9#*]\\ufe0f?\\u20e3|${kPicture}(?:\\u200d${kPicture})*`,
  "gu",
);

/** A text's length in the unit that a platform counts in. */
export function countText(text: string, unit: CountedAs): number {
  switch (unit) {
    case "utf16_units":
      return text.length;
    case "utf8_bytes":
      return kBytes.encode(text).length;
    case "code_points":
      return pointsOf(text);
    case "weighted":
      return weighed(text) ?? pointsOf(text);
    case "emoji_bytes":
      return (text.match(kEmoji) ?? []).reduce(
        (length, emoji) => length + kBytes.encode(emoji).length - pointsOf(emoji),
        pointsOf(text),
      );
    case "clusters":
      return clustersOf(text);
  }
}

function pointsOf(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

export interface Counter {
  label: string;
  used: number;
  max: number;
}

export interface Counted {
  label: string;
  text: string;
  max: number | null;
  unit: CountedAs;
}

/** One counter for each different limit, the tightest first; labels of equal limits are joined. */
export function countersOf(texts: Counted[]): Counter[] {
  const found = new Map<string, Counter>();
  for (const { label, text, max, unit } of texts) {
    if (max === null) continue;
    const used = countText(text, unit);
    const key = `${used}/${max}`;
    const same = found.get(key);
    if (!same) found.set(key, { label, used, max });
    else if (!same.label.split(", ").includes(label)) same.label += `, ${label}`;
  }
  return [...found.values()].sort((a, b) => a.max - a.used - (b.max - b.used));
}
