// What an account cannot do because of how it was connected.
import type { Option, PostKind } from "../api/types";
import { missingFor, type Missing } from "../platforms/signIns";
import { isBlank, type Aim } from "./body";

/** What one missing permission turns off, by the labels that people read. */
export interface Off extends Missing {
  labels: string[];
}

const missing = ({ account, platform }: Aim, { scopes }: PostKind | Option) =>
  missingFor(scopes, platform, account);

export const isOff = (aim: Aim, what: PostKind | Option): boolean => missing(aim, what) !== null;

/** What was filled in stays to be seen and cleared, e.g. of a post that is older than the grant. */
export function isShownOff(aim: Aim, option: Option): boolean {
  const { options, uploads } = aim.target;
  return isOff(aim, option) && isBlank(options[option.name]) && !uploads[option.name];
}

/** Of the platform's kinds of post, and of what can be set for the one that is chosen. */
export function offOf(aim: Aim): Off[] {
  const found: Off[] = [];
  for (const what of [...aim.platform.kinds, ...aim.kind.options]) {
    const lack = missing(aim, what);
    if (!lack) continue;
    const same = found.find(({ scope }) => scope === lack.scope);
    if (same) same.labels.push(what.label);
    else found.push({ ...lack, labels: [what.label] });
  }
  return found;
}

/** Why it is off, in one sentence. */
export function reasonOf({ labels, scope, asked }: Off, name: string): string {
  const quoted = labels.map((label) => `“${label}”`);
  const last = quoted.pop() ?? "";
  const what = quoted.length > 0 ? `${quoted.join(", ")} and ${last} are off` : `${last} is off`;
  return asked
    ? `${what}: ${name} was connected without the permission ${scope}.`
    : `${what}: this Herald does not ask for the permission ${scope}.`;
}
