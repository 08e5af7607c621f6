// What is being written. Plain data and one reducer.
import type { OptionValue } from "../api/types";
import { browserZone, localOf } from "./zone";

export interface DraftMedia {
  key: string; // An item of Uploads.
  alt: string;
}

export interface DraftTarget {
  id: string; // In this draft only.
  accountId: string;
  place: string; // The target key as typed; empty where the account is its only target.
  kind: string | null; // Null: what suits the media.
  text: string | null; // Null: the post's text.
  options: Record<string, OptionValue>;
  uploads: Record<string, string>; // Option name -> item of Uploads.
}

export interface Draft {
  text: string;
  media: DraftMedia[];
  targets: DraftTarget[];
  later: boolean;
  local: string; // "2026-11-22T09:30" on the clocks of `zone`.
  zone: string;
}

type TargetChange = Partial<Omit<DraftTarget, "id" | "accountId">>;

interface Clears {
  clears?: string[]; // Options whose values go with what is changed.
}

export type Edit =
  | { type: "text"; text: string }
  | { type: "media_added"; keys: string[] }
  | { type: "media_removed"; key: string }
  | { type: "media_moved"; key: string; to: number }
  | { type: "alt"; key: string; alt: string }
  | { type: "account"; accountId: string; chosen: boolean }
  | ({ type: "target"; target: string; change: TargetChange } & Clears)
  | ({ type: "target_repeated"; target: string } & Clears) // Once more, to another place.
  | { type: "target_removed"; target: string }
  | ({ type: "option"; target: string; name: string; value: OptionValue | undefined } & Clears)
  | { type: "option_upload"; target: string; name: string; key: string | null }
  | { type: "when"; change: Partial<Pick<Draft, "later" | "local" | "zone">> };

const kHourMs = 3_600_000;

/** The next full hour that is at least an hour away. */
export function suggestedLocal(now: Date, zone: string): string {
  return localOf(new Date(Math.ceil((now.getTime() + kHourMs) / kHourMs) * kHourMs), zone);
}

export function emptyDraft(now: Date = new Date(), zone: string = browserZone()): Draft {
  const local = suggestedLocal(now, zone);
  return { text: "", media: [], targets: [], later: false, local, zone };
}

function without<T>(record: Record<string, T>, name: string): Record<string, T> {
  const { [name]: _, ...rest } = record;
  return rest;
}

function cleared({ options }: DraftTarget, names: string[] = []): DraftTarget["options"] {
  return names.reduce(without, options);
}

function inTarget(draft: Draft, id: string, change: (t: DraftTarget) => DraftTarget): Draft {
  const targets = draft.targets.map((target) => (target.id === id ? change(target) : target));
  return { ...draft, targets };
}

export function newTarget(accountId: string, others: DraftTarget[] = []): DraftTarget {
  const taken = new Set(others.map(({ id }) => id));
  let id = accountId;
  for (let n = 2; taken.has(id); ++n) id = `${accountId}/${n}`;
  return { id, accountId, place: "", kind: null, text: null, options: {}, uploads: {} };
}

function repeated(targets: DraftTarget[], id: string, clears?: string[]): DraftTarget[] {
  return targets.flatMap((target) => {
    if (target.id !== id) return [target];
    const again = newTarget(target.accountId, targets);
    return [target, { ...target, id: again.id, place: "", options: cleared(target, clears) }];
  });
}

function moved(media: DraftMedia[], key: string, to: number): DraftMedia[] {
  const one = media.find((item) => item.key === key);
  if (!one) return media;
  const rest = media.filter((item) => item.key !== key);
  return [...rest.slice(0, Math.max(0, to)), one, ...rest.slice(Math.max(0, to))];
}

export function edited(draft: Draft, edit: Edit): Draft {
  switch (edit.type) {
    case "text":
      return { ...draft, text: edit.text };
    case "media_added": {
      const added = edit.keys.map((key) => ({ key, alt: "" }));
      return { ...draft, media: [...draft.media, ...added] };
    }
    case "media_removed":
      return { ...draft, media: draft.media.filter(({ key }) => key !== edit.key) };
    case "media_moved":
      return { ...draft, media: moved(draft.media, edit.key, edit.to) };
    case "alt": {
      const { key, alt } = edit;
      return { ...draft, media: draft.media.map((one) => (one.key === key ? { key, alt } : one)) };
    }
    case "account": {
      const targets = draft.targets.filter(({ accountId }) => accountId !== edit.accountId);
      const fresh = newTarget(edit.accountId);
      return { ...draft, targets: edit.chosen ? [...targets, fresh] : targets };
    }
    case "target":
      return inTarget(draft, edit.target, (target) => ({
        ...target,
        options: cleared(target, edit.clears),
        ...edit.change,
      }));
    case "target_repeated":
      return { ...draft, targets: repeated(draft.targets, edit.target, edit.clears) };
    case "target_removed":
      return { ...draft, targets: draft.targets.filter(({ id }) => id !== edit.target) };
    case "option":
      return inTarget(draft, edit.target, (target) => {
        const options = without(cleared(target, edit.clears), edit.name);
        if (edit.value !== undefined) options[edit.name] = edit.value;
        return { ...target, options };
      });
    case "option_upload":
      return inTarget(draft, edit.target, (target) => {
        const uploads = without(target.uploads, edit.name);
        if (edit.key !== null) uploads[edit.name] = edit.key;
        return { ...target, uploads, options: without(target.options, edit.name) };
      });
    case "when":
      return { ...draft, ...edit.change };
  }
}
