const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time in its largest whole unit, for example `27 s`, `12 min`, `2 h`, `3 d`.
 *
 * @param seconds - negative lengths (clocks that differ) count as none
 */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  if (seconds < minute) return `${Math.floor(seconds)} s`;
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`;
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)} h`;
  return `${Math.floor(seconds / day)} d`;
}

/**
 * Seconds from one RFC 3339 time to another; `undefined` unless both can be read.
 */
export function secondsBetween(from?: string, to?: string | number): number | undefined {
  const start = from === undefined ? NaN : Date.parse(from);
  const end = typeof to === 'number' ? to : Date.parse(to ?? '');
  return Number.isFinite(start) && Number.isFinite(end) ? (end - start) / 1000 : undefined;
}

/** Clocks of two machines may differ by so much: what has happened is not called to come for that. Seconds. */
const clockSkew = 60;

/**
 * A time as its distance from now, for example `2 h ago`; `now` within a second. `Intl.RelativeTimeFormat` would
 * write "2 hr. ago" or "2m ago", in units that the rest of the page does not use.
 *
 * @param time - milliseconds since 1970
 * @param now - milliseconds since 1970
 */
export function formatRelative(time: number, now: number): string {
  const seconds = (now - time) / 1000;
  if (seconds < 1 && seconds > -clockSkew) return 'now';
  return seconds > 0 ? `${formatDuration(seconds)} ago` : `in ${formatDuration(-seconds)}`;
}

const exact = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** A time in full, in the reader's time zone, for hovering over a short one. */
export function formatExact(time: number): string {
  return exact.format(time);
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** The time of day, `14:02:31`; with the date and without seconds when it is 20 hours away or more. */
export function formatClock(time: number, now: number): string {
  return Math.abs(now - time) < 20 * hour * 1000 ? clock.format(time) : dayAndClock.format(time);
}
