/** Nanoseconds in a second. */
export const second = 1_000_000_000n;

/** Nanoseconds since 1970 of a time in milliseconds. */
export function fromMilliseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}

/** Nanoseconds of a number of seconds. */
export function fromSeconds(seconds: number): bigint {
  const whole = Math.floor(seconds);
  return BigInt(whole) * second + BigInt(Math.round((seconds - whole) * 1e9));
}

/** Seconds since 1970, to the microsecond: a number holds no more. */
export function toSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) / 1e6;
}

/** A time as Go writes it with RFC 3339: to the second. */
export function formatTime(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A duration of more than a minute as Go writes it, for example `2777h46m40s`. */
export function formatDuration(nanoseconds: bigint): string {
  const minutes = nanoseconds / (60n * second);
  const rest = Number(nanoseconds % (60n * second)) / 1e9;
  return `${minutes / 60n}h${minutes % 60n}m${rest}s`;
}

const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/**
 * Parses a time as Loki's API takes it: nanoseconds since 1970, seconds since 1970 (up to ten
 * digits, or with a fraction), or RFC 3339.
 *
 * @returns nanoseconds since 1970, or undefined
 */
export function parseTime(text: string): bigint | undefined {
  if (/^-?\d{1,19}$/.test(text)) return BigInt(text) * (text.length <= 10 ? second : 1n);
  if (/^-?\d{1,12}\.\d+$/.test(text)) return fromSeconds(Number(text));
  const match = rfc3339.exec(text);
  if (!match) return undefined;
  const milliseconds = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}
