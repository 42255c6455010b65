import type { RequestHandler } from 'express';
import type { ForgeLimits } from '../limits';
import { viewer } from './context';

const minute = 60_000;
const hour = 60 * minute;
const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * GitHub's "secondary" limit: refuses changes when one account makes too many of them, with the seconds to wait. What is
 * refused does not count.
 *
 * @param now - the clock, in milliseconds
 */
export function secondaryLimit(
  { writesPerMinute, writesPerHour }: ForgeLimits,
  now: () => number = Date.now,
): RequestHandler {
  const made = new Map<string, number[]>();
  return (req, res, next) => {
    // GraphQL is read here only.
    if (reading.includes(req.method) || req.path.startsWith('/graphql')) {
      next();
      return;
    }
    const at = now();
    const account = viewer(res) ?? '';
    const times = (made.get(account) ?? []).filter(time => time > at - hour);
    made.set(account, times);
    const free = Math.max(
      freeAt(times, at, writesPerMinute, minute),
      freeAt(times, at, writesPerHour, hour),
    );
    if (free <= at) {
      times.push(at);
      next();
      return;
    }
    res.set('Retry-After', String(Math.ceil((free - at) / 1000)));
    res.status(403).json({
      message:
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
      status: '403',
    });
  };
}

/** When there is room for one more: as soon as the last but `limit` is older than the window. */
function freeAt(times: readonly number[], now: number, limit: number, window: number): number {
  return times.length < limit ? now : (times[times.length - limit] ?? now) + window;
}
