import type { Consent } from "../api/types";
import type { Aim } from "./body";

/** What publishing to these agrees to, each sentence once; an option that is not set is off. */
export function consentsOf(aims: Aim[]): Consent[] {
  const found = new Map<string, Consent>();
  for (const { kind, target } of aims) {
    for (const consent of kind.consents) {
      const { option, when, text } = consent;
      if (option === null || (target.options[option] === true) === when) found.set(text, consent);
    }
  }
  return [...found.values()];
}

export interface Piece {
  text: string;
  url?: string;
}

/** The sentence cut at its links. */
export function piecesOf({ text, links }: Consent): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (const { label, url } of links) {
    const [before = "", ...after] = rest.split(label);
    if (after.length === 0) continue;
    pieces.push({ text: before }, { text: label, url });
    rest = after.join(label);
  }
  return [...pieces, { text: rest }].filter(({ text }) => text !== "");
}
