import type { PanelNow, PanelSeries } from '@internal/plugin-tenant-releases-common';
import type { TimeRange } from './timeRange';

/** A request reaches the server a moment after its end was chosen. Seconds. */
const slack = 5;

/**
 * Where the values of now come from: `points`, the last ones of the range; `query`, since those are older than a scrape
 * or averages of a long step; nowhere, since the range ends in the past.
 *
 * @param now - unix seconds
 */
export function sourceOfNow(
  { end, step }: TimeRange & { step: number },
  scrapeSeconds: number,
  now: number,
): 'points' | 'query' | undefined {
  if (now - end > step + slack) return undefined;
  return step <= scrapeSeconds && end <= now ? 'points' : 'query';
}

/** The values of the series that have one at a moment. @param at - unix seconds */
export function valuesAt(series: readonly PanelSeries[], at: number): PanelNow['values'] {
  return series.flatMap(({ name, labels, points }) => {
    const last = points[points.length - 1];
    return last?.[0] === at ? [{ name, labels, value: last[1] }] : [];
  });
}
