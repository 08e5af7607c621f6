import { useEffect, useSyncExternalStore } from "react";
import type { Aim } from "./body";

// X's own counting (twitter-text, version 3) brings a list of domains and a pattern of emoji: it is
// loaded when a kind counts so for the first time.
type Weigh = (text: string) => number;

let weigh: Weigh | null = null;
let loading: Promise<void> | null = null;
const waiting = new Set<() => void>();

export function loadWeighing(): Promise<void> {
  loading ??= import("twitter-text").then(
    ({ default: twitterText }) => {
      weigh = (text) => twitterText.parseTweet(text).weightedLength;
      for (const wake of waiting) wake();
    },
    () => {
      loading = null; // The server counts as well; the next draft tries again.
    },
  );
  return loading;
}

/** Null until it is loaded. */
export const weighed = (text: string): number | null => weigh && weigh(text);

const countsSo = ({ kind }: Aim) =>
  kind.text.counted_as === "weighted" ||
  kind.options.some(({ counted_as }) => counted_as === "weighted");

/** Draws anew once texts can be weighed, if one of these kinds wants that. */
export function useWeighing(aims: Aim[]): void {
  const wanted = aims.some(countsSo);
  useEffect(() => {
    if (wanted) void loadWeighing();
  }, [wanted]);
  useSyncExternalStore(
    (wake) => {
      waiting.add(wake);
      return () => waiting.delete(wake);
    },
    () => weigh !== null,
  );
}
