import type { ReactNode } from "react";
import css from "./Tag.module.css";

export type Tone = "quiet" | "info" | "good" | "warn" | "bad";

/** A word on how something stands. */
export function Tag({ tone, children, live }: { tone: Tone; children: ReactNode; live?: boolean }) {
  return (
    <span className={`${css.tag} ${css[tone]}`} aria-live={live ? "polite" : undefined}>
      {children}
    </span>
  );
}
