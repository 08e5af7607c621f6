// From what is being written to what is sent.
import type { Account, OptionValue, Platform, PostDraft, PostKind } from "../api/types";
import type { Item } from "../media/item";
import type { Draft, DraftTarget } from "./draft";
import { defaultKind } from "./kinds";

export interface Known {
  platforms: Platform[];
  accounts: Account[];
  items: ReadonlyMap<string, Item>;
}

/** A target with everything that is known about it. */
export interface Aim {
  target: DraftTarget;
  account: Account;
  platform: Platform;
  kind: PostKind;
}

export function itemsOf(draft: Draft, items: ReadonlyMap<string, Item>): Item[] {
  return draft.media.flatMap(({ key }) => items.get(key) ?? []);
}

/** In the order of the draft's targets; what has vanished meanwhile is left out. */
export function aimsOf(draft: Draft, { platforms, accounts, items }: Known): Aim[] {
  const media = itemsOf(draft, items);
  return draft.targets.flatMap((target) => {
    const account = accounts.find(({ id }) => id === target.accountId);
    const platform = platforms.find(({ id }) => id === account?.platform);
    const kind =
      platform?.kinds.find(({ id }) => id === target.kind) ??
      defaultKind(platform?.kinds ?? [], media);
    return account && platform && kind ? [{ target, account, platform, kind }] : [];
  });
}

export function isBlank(value: OptionValue | undefined): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function optionsOf({ target, kind }: Aim, items: Known["items"]): Record<string, OptionValue> {
  const found = kind.options.flatMap(({ name }): [string, OptionValue][] => {
    const uploaded = items.get(target.uploads[name] ?? "");
    const value = uploaded?.state === "ready" ? uploaded.mediaId : target.options[name];
    return value === null || value === undefined || isBlank(value) ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

export function bodyOf(draft: Draft, aims: Aim[], items: Known["items"]): PostDraft {
  const media = draft.media.flatMap(({ key, alt }) => {
    const item = items.get(key);
    if (item?.state !== "ready" || !item.mediaId) return [];
    return [{ media_id: item.mediaId, ...(alt.trim() && { alt_text: alt.trim() }) }];
  });
  const targets = aims.map((aim) => ({
    account_id: aim.account.id,
    kind: aim.kind.id,
    ...(aim.platform.target && { target_key: aim.target.place.trim() }),
    ...(aim.target.text !== null && { text: aim.target.text }),
    options: optionsOf(aim, items),
  }));
  const when = draft.later ? { due_local: draft.local.slice(0, 16), time_zone: draft.zone } : {};
  return { text: draft.text, media, targets, ...when };
}
