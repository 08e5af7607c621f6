// What a platform's posts may be like, row by row, as people read it.
import type { CountedAs, Option, Platform, PostKind } from "../api/types";
import { kMediaNames } from "../media/MediaIcon";
import { formatBytes, formatDuration, formatNumber } from "./limits";

type Rule = PostKind["media"]["rules"][number];

export interface RuleRow {
  label: string;
  value: string;
  kinds: string[]; // The kinds of post that share it; empty: all.
  source: string;
  checked_on: string;
}
type Row = Omit<RuleRow, "kinds">;

const kUnits: Record<CountedAs, string> = {
  code_points: "characters",
  utf16_units: "UTF-16 units",
  utf8_bytes: "bytes of UTF-8",
  weighted: "weighted characters",
  emoji_bytes: "characters, emoji as their bytes",
  clusters: "characters, a link as 23",
};

function between(min: number | null, max: number | null, format: (n: number) => string) {
  if (min === null) return max === null ? null : `At most ${format(max)}`;
  if (max === null) return `At least ${format(min)}`;
  return min === max ? format(min) : `${format(min)} to ${format(max)}`;
}

const atMost = (max: number | null, unit: string) =>
  between(null, max, (n) => `${formatNumber(n)} ${unit}`);

function ofFile(name: string, rule: Rule): Row[] {
  const said: [string, string | null][] = [
    ["size", between(null, rule.max_bytes, formatBytes)],
    ["width by height", between(rule.min_ratio, rule.max_ratio, formatNumber)],
    ["width", atMost(rule.max_width, "pixels")],
    ["length", between(rule.min_seconds, rule.max_seconds, formatDuration)],
  ];
  return said.flatMap(([what, value]) => row(`${name}, ${what}`, value, rule));
}

type Fact = Pick<PostKind["media"], "source" | "checked_on">;

function row(label: string, value: string | null, { source, checked_on }: Fact): Row[] {
  if (value === null || source === null || checked_on === null) return [];
  return [{ label, value, source, checked_on }];
}

function ofOption(option: Option): Row[] {
  const unit = option.counted_as === null ? "characters" : kUnits[option.counted_as];
  const max = option.type === "choice" ? null : option.max; // Nobody types those.
  return [
    ...row(option.label, atMost(max, unit), option),
    ...(option.media ? ofFile(option.label, option.media) : []),
  ];
}

function ofKind({ text, media, options }: PostKind): Row[] {
  const types = media.types.map((type) => kMediaNames[type].toLowerCase()).join(" or ");
  const count = between(media.min || null, media.max || null, formatNumber);
  return [
    ...row("Text", text.allowed ? atMost(text.max, kUnits[text.counted_as]) : null, text),
    ...row("Files", count && `${count} (${types})`, media),
    ...media.rules.flatMap((rule) => ofFile(kMediaNames[rule.type], rule)),
    ...row("Description of a picture", atMost(media.alt_text_max, "characters"), media),
    ...options.flatMap(ofOption),
  ];
}

/** What several kinds of post share is one row. */
export function rulesOf({ kinds }: Platform): RuleRow[] {
  const rows: RuleRow[] = [];
  for (const kind of kinds) {
    for (const one of ofKind(kind)) {
      const same = rows.find(
        ({ label, value, source }) =>
          label === one.label && value === one.value && source === one.source,
      );
      if (same) same.kinds = [...new Set([...same.kinds, kind.label])];
      else rows.push({ ...one, kinds: [kind.label] });
    }
  }
  const order = [...new Set(rows.map(({ label }) => label))];
  const all = (row: RuleRow) => (row.kinds.length === kinds.length ? { ...row, kinds: [] } : row);
  return rows.map(all).sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
}
