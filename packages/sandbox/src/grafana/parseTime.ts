const units: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A time as Grafana's URLs have it: milliseconds since the epoch, `now`, `now-1h`, `now-7d/d` (start of that day, UTC), or
 * RFC 3339.
 * @param now - milliseconds since the epoch.
 * @param roundUp - whether `/d` means the end of the unit, as it does in `to`.
 * @returns milliseconds since the epoch; undefined when it is none of these.
 */
export function parseTime(text: string, now: number, roundUp = false): number | undefined {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  const relative = /^now(?:([+-])(\d{1,6})([smhdw]))?(?:\/([smhd]))?$/.exec(text);
  if (relative) {
    const [, sign, amount, unit, round] = relative;
    const moved = sign ? now + (sign === '-' ? -1 : 1) * Number(amount) * units[unit] : now;
    if (!round) return moved;
    const start = Math.floor(moved / units[round]) * units[round];
    return roundUp ? start + units[round] - 1 : start;
  }
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) {
    const parsed = Date.parse(text);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  return undefined;
}

/** A time for people: RFC 3339 in UTC; undefined for one that no calendar has. */
export function formatTime(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
