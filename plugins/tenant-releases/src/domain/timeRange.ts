/** A span of time that ends now. */
export interface TimeRange {
  id: string;
  label: string;
  /** Length in seconds. */
  seconds: number;
  /** Distance of the points of a panel in seconds: about 120 to 240 points a panel. */
  step: number;
}

/** What a reader can choose, shortest first. */
export const timeRanges: readonly TimeRange[] = [
  { id: '15m', label: 'Last 15 min', seconds: 15 * 60, step: 5 },
  { id: '1h', label: 'Last 1 h', seconds: 3600, step: 10 },
  { id: '6h', label: 'Last 6 h', seconds: 6 * 3600, step: 60 },
  { id: '24h', label: 'Last 24 h', seconds: 24 * 3600, step: 240 },
  { id: '7d', label: 'Last 7 d', seconds: 7 * 24 * 3600, step: 1800 },
];

/** Shown when the URL names none. */
export const defaultTimeRange = timeRanges[1];

/** Finds a range by the id in the URL; anything else is the default. */
export function timeRangeById(id: string | null | undefined): TimeRange {
  return timeRanges.find(range => range.id === id) ?? defaultTimeRange;
}

/**
 * The range as a span of whole seconds since 1970, its end on a multiple of the step,
 * so that two requests within one step are the same request.
 *
 * @param now - milliseconds since 1970
 */
export function timeSpan(range: TimeRange, now: number): { start: number; end: number } {
  const end = Math.floor(now / 1000 / range.step) * range.step;
  return { start: end - range.seconds, end };
}
