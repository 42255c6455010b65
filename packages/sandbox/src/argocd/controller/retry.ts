import { RetryStrategy } from '../application';

const defaults = { duration: 5_000, factor: 2, maxDuration: 180_000 };
const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A Go duration (`5s`, `3m0s`, `500ms`) or a number of seconds, in milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== text) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit], 0);
}

/** How long a failed operation waits before its next attempt; milliseconds. The first retry has count 0. */
export function retryDelay(retry: RetryStrategy | undefined, retryCount: number): number {
  const { duration, factor, maxDuration } = retry?.backoff ?? {};
  const first = (duration && parseDuration(duration)) || defaults.duration;
  const longest = (maxDuration && parseDuration(maxDuration)) || defaults.maxDuration;
  return Math.min(longest, first * (factor ?? defaults.factor) ** retryCount);
}
