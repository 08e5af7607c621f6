// Figures and days in words. A day is the server's, which is UTC's.
import { kLocale } from "../shell/time";

const kWhole = new Intl.NumberFormat(kLocale);
const kShort = new Intl.NumberFormat(kLocale, { notation: "compact", maximumFractionDigits: 1 });
const kChange = new Intl.NumberFormat(kLocale, { signDisplay: "exceptZero" });
const kDay = new Intl.DateTimeFormat(kLocale, { day: "numeric", month: "short", timeZone: "UTC" });
const kDayMs = 86_400_000;

export const formatFigure = (value: number) => kWhole.format(value);
export const formatShort = (value: number) => kShort.format(value);
/** "+12", "−3", "0"; the minus as a dash would stand, not as a hyphen. */
export const formatChange = (value: number) => kChange.format(value).replace("-", "−");

/** "2026-11-22" -> "22 Nov", wherever the person is. */
export const formatUtcDay = (day: string) => kDay.format(Date.parse(`${day}T00:00:00Z`));

export const utcDay = (time: Date) => time.toISOString().slice(0, 10);

/** The first day of the last `days`, today included. */
export function firstDay(days: number, now = new Date()): string {
  return utcDay(new Date(now.getTime() - (days - 1) * kDayMs));
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += kDayMs)
    days.push(utcDay(new Date(at)));
  return days;
}
