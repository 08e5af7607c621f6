// Times for people: in English, with the person's own habits where those are English.
export const kLocale = navigator.language.startsWith("en") ? navigator.language : "en-GB";

const kWhen = new Intl.DateTimeFormat(kLocale, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});
const kWhenWithYear = new Intl.DateTimeFormat(kLocale, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
const kDay = new Intl.DateTimeFormat(kLocale, { weekday: "long", day: "numeric", month: "long" });
const kDayWithYear = new Intl.DateTimeFormat(kLocale, {
  day: "numeric",
  month: "long",
  year: "numeric",
});
const kClock = new Intl.DateTimeFormat(kLocale, { hour: "numeric", minute: "2-digit" });

/** Whether this person reads 9:30 PM or 21:30. */
export const kTwelveHours = kClock.resolvedOptions().hour12 === true;
const kSecondClock = new Intl.DateTimeFormat(kLocale, {
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});
const kRelative = new Intl.RelativeTimeFormat(kLocale, { numeric: "auto" });

const near = (time: Date, now: Date) => Math.abs(time.getTime() - now.getTime()) < 180 * 86_400_000;

export function formatWhen(time: Date, now = new Date()): string {
  return (near(time, now) ? kWhen : kWhenWithYear).format(time);
}

export function formatClock(time: Date): string {
  return kClock.format(time);
}

export function formatSeconds(time: Date): string {
  return kSecondClock.format(time);
}

const kUnits: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "in 3 hours", "2 days ago", "now". */
export function fromNow(time: Date, now = new Date()): string {
  const away = time.getTime() - now.getTime();
  for (const [unit, ms] of kUnits) {
    if (Math.abs(away) >= ms) return kRelative.format(Math.round(away / ms), unit);
  }
  return kRelative.format(0, "second");
}

const dayOf = (time: Date) =>
  new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();

/** "Today", "Tomorrow", "Sunday 22 November": the day where the person is. */
export function formatDay(time: Date, now = new Date()): string {
  const away = Math.round((dayOf(time) - dayOf(now)) / 86_400_000);
  const close = { [-1]: "Yesterday", 0: "Today", 1: "Tomorrow" }[away];
  return close ?? (near(time, now) ? kDay : kDayWithYear).format(time);
}

/** How long something took: "40 ms", "1.4 s", "2 min". */
export function formatSpan(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
}
