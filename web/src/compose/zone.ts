// Wall-clock time in a time zone. The server has the last word; this is for showing it early.

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function allZones(): string[] {
  const zones = Intl.supportedValuesOf("timeZone");
  return zones.includes("UTC") ? zones : ["UTC", ...zones];
}

function wallClock(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** The instant at which clocks in `zone` show `local` ("2026-11-22T09:30"): the first one if that
 * happens twice, null if the clock change skips it. */
export function instantOf(local: string, zone: string): Date | null {
  const wanted = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) return null;
  const hour = 3_600_000;
  // No zone is further than 14 hours from UTC; the offsets on both sides are the only candidates.
  const offsets = [-24, 24].map((away) => {
    const near = wanted + away * hour;
    return wallClock(near, zone) - near;
  });
  const found = offsets
    .map((offset) => wanted - offset)
    .filter((instant) => wallClock(instant, zone) === wanted)
    .sort((a, b) => a - b);
  return found[0] === undefined ? null : new Date(found[0]);
}

/** The clock of `zone` at an instant, as "2026-11-22T09:30". */
export function localOf(instant: Date, zone: string): string {
  const minute = Math.floor(instant.getTime() / 60_000) * 60_000;
  return new Date(wallClock(minute, zone)).toISOString().slice(0, 16);
}
