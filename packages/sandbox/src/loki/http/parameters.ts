import { LokiError } from '../lokiError';
import { parseDuration } from '../logql/units';
import { formatDuration, fromSeconds, parseTime, second, toSeconds } from '../time';

/** Loki's max_entries_limit_per_query. */
export const mostEntries = 5000;

/** Prometheus' and Loki's bound on the points of a series. */
const mostPoints = 11_000;

function invalid(text: string): LokiError {
  return new LokiError(400, text);
}

/** `start`, `end` and `since` of a request, as nanoseconds since 1970. */
export interface TimeRange {
  start: bigint;
  end: bigint;
}

function timeOf(parameters: URLSearchParams, name: string): bigint | undefined {
  const text = parameters.get(name);
  if (!text) return undefined;
  const time = parseTime(text);
  if (time !== undefined) return time;
  const reason = `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw invalid(name === 'time' ? reason : `could not parse '${name}' parameter: ${reason}`);
}

/** Seconds, written as a number or as a duration. */
function secondsOf(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (!text) return undefined;
  const seconds = /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : parseDuration(text);
  if (seconds === undefined) {
    throw invalid(
      name === 'since'
        ? `could not parse 'since' parameter: not a valid duration string: "${text}"`
        : `cannot parse "${text}" to a valid duration`,
    );
  }
  return seconds;
}

/**
 * The range of a request: `since` (default: `lookBack` seconds) before the end, which is now unless
 * it says otherwise.
 *
 * @param now - nanoseconds since 1970
 * @throws LokiError 400
 */
export function timeRange(parameters: URLSearchParams, now: bigint, lookBack: number): TimeRange {
  const end = timeOf(parameters, 'end') ?? now;
  const since = fromSeconds(secondsOf(parameters, 'since') ?? lookBack);
  const start = timeOf(parameters, 'start') ?? (end < now ? end : now) - since;
  if (end < start) throw invalid('end timestamp must not be before or equal to start time');
  return { start, end };
}

/** The time of an instant query, in seconds since 1970. */
export function instant(parameters: URLSearchParams, now: bigint): number {
  return toSeconds(timeOf(parameters, 'time') ?? now);
}

/** `limit`: how many lines an answer may have. */
export function limitOf(parameters: URLSearchParams): number {
  const text = parameters.get('limit');
  if (!text) return 100;
  if (!/^[-+]?\d{1,10}$/.test(text)) {
    throw invalid(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  if (Number(text) <= 0) throw invalid('limit must be a positive value');
  return Number(text);
}

/** Refuses a log query that asks for more lines than Loki gives. */
export function checkEntries(limit: number): void {
  if (limit > mostEntries) {
    throw invalid(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${mostEntries})`,
    );
  }
}

/** `direction`: which end of the range is read first. */
export function directionOf(parameters: URLSearchParams): 'forward' | 'backward' {
  const text = (parameters.get('direction') || 'backward').toLowerCase();
  if (text !== 'forward' && text !== 'backward') throw invalid(`invalid direction '${text}'`);
  return text;
}

/** `interval`, in nanoseconds. */
export function intervalOf(parameters: URLSearchParams): bigint {
  const seconds = secondsOf(parameters, 'interval') ?? 0;
  if (seconds < 0) throw invalid('interval must be >= 0');
  return fromSeconds(seconds);
}

/** `step`, in seconds; without one, about 250 points fit into the range. */
export function stepOf(parameters: URLSearchParams, { start, end }: TimeRange): number {
  const length = toSeconds(end - start);
  const step = secondsOf(parameters, 'step') ?? Math.max(Math.floor(length / 250), 1);
  if (step <= 0) {
    throw invalid(
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if (step < 0.001 || length / step > mostPoints) {
    throw invalid(
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    );
  }
  return step;
}

/** Loki's max_query_length, 30 days and an hour. */
const longestRange = 721n * 3600n * second;

/** Refuses a range that Loki would not look through. */
export function checkLength({ start, end }: TimeRange): void {
  if (end - start <= longestRange) return;
  const length = formatDuration(end - start);
  throw invalid(`the query time range exceeds the limit (query length: ${length}, limit: 30d1h)`);
}
