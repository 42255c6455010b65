import { InputError } from '@backstage/errors';

/** A span of time, in seconds since the epoch. */
export interface TimeRange {
  start: number;
  end: number;
}

/** The longest span that can be asked for. Seconds. */
export const maxRangeSeconds = 7 * 24 * 3600;
/** Points that a series may have. */
export const maxPoints = 1_000;
const defaultRangeSeconds = 3_600;
/** The grid is not finer than this. Seconds. */
const minStepSeconds = 1;
const defaultPoints = 240;

/**
 * Reads `start` and `end` of a request: seconds since the epoch or RFC 3339. Without `end` until now, without `start`
 * for an hour.
 *
 * @throws InputError that names the parameter
 */
export function parseTimeRange(query: { start?: string; end?: string }, now: Date): TimeRange {
  const end = parseTime('end', query.end) ?? Math.floor(now.getTime() / 1000);
  const start = parseTime('start', query.start) ?? end - defaultRangeSeconds;
  if (start >= end) {
    throw new InputError('Query parameter "start": must be before "end"');
  }
  if (end - start > maxRangeSeconds) {
    throw new InputError('Query parameter "start": must be at most 7 days before "end"');
  }
  return { start, end };
}

/**
 * Reads `step` and lays the range on its grid, so that two requests a moment apart ask for the same.
 *
 * @throws InputError that names the parameter
 */
export function parseGrid(
  range: TimeRange,
  step: string | undefined,
): TimeRange & { step: number } {
  const seconds =
    parseStep(step) ?? Math.max(5, Math.ceil((range.end - range.start) / defaultPoints));
  if ((range.end - range.start) / seconds > maxPoints) {
    throw new InputError(
      `Query parameter "step": must be at least ${Math.ceil(
        (range.end - range.start) / maxPoints,
      )} for this range`,
    );
  }
  return {
    start: Math.floor(range.start / seconds) * seconds,
    end: Math.floor(range.end / seconds) * seconds,
    step: seconds,
  };
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
/** Year 2100: what is later is milliseconds taken for seconds. */
const latest = 4_102_444_800;

function parseTime(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  let seconds = NaN;
  if (/^\d{1,12}(\.\d{1,9})?$/.test(value)) seconds = Number(value);
  else if (rfc3339.test(value)) seconds = Date.parse(value) / 1000;
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > latest) {
    throw new InputError(
      `Query parameter "${name}": must be a time in seconds since 1970 or in RFC 3339`,
    );
  }
  return Math.floor(seconds);
}

function parseStep(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,7}$/.test(value) ? Number(value) : NaN;
  if (!(seconds >= minStepSeconds && seconds <= 24 * 3600)) {
    throw new InputError(
      'Query parameter "step": must be a whole number of seconds from 1 to 86400',
    );
  }
  return seconds;
}
