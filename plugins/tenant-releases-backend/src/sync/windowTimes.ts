import { CronTime } from 'cron';
import { LRUCache } from 'lru-cache';

/** When a window opens, and for how long. */
export interface Opening {
  schedule: string;
  /** As Go writes it: `1h30m`. */
  duration: string;
  timeZone: string;
}

/** Openings that may follow each other without a pause; a window with more of them never closes. */
const maxOpenings = 60;
/** What cannot be told now is looked for again after this time. Milliseconds. */
const retryMs = 3_600_000;

/**
 * Times that were found, by what was asked: a project's windows are those of all its Applications, and the next date of
 * a schedule costs some milliseconds.
 */
const found = new LRUCache<string, { time?: Date; at: number }>({ max: 1_000 });

/** When a window opens next; undefined when that is never, or the schedule is one that only Argo CD can read. */
export function nextStart(opening: Opening, now: Date): Date | undefined {
  return remembered(`start\n${keyOf(opening)}`, now, () =>
    startAfter(cronOf(opening), opening, now),
  );
}

/** When a window that is open closes; undefined when that is never, or cannot be told. */
export function endOf(opening: Opening, now: Date): Date | undefined {
  return remembered(`end\n${keyOf(opening)}`, now, () => {
    const length = durationMs(opening.duration);
    const cron = cronOf(opening);
    if (length === undefined) return undefined;
    let start = startAfter(cron, opening, new Date(now.getTime() - length));
    let end = now;
    for (let count = 0; start && start <= end; count += 1) {
      if (count === maxOpenings) return undefined;
      end = new Date(start.getTime() + length);
      start = startAfter(cron, opening, start);
    }
    return end > now ? end : undefined;
  });
}

/** An answer holds until the time that it names. */
function remembered(key: string, now: Date, find: () => Date | undefined): Date | undefined {
  const known = found.get(key);
  const until = known && (known.time?.getTime() ?? known.at + retryMs);
  if (known && until !== undefined && known.at <= now.getTime() && now.getTime() < until) {
    return known.time;
  }
  const time = find();
  found.set(key, { time, at: now.getTime() });
  return time;
}

function keyOf({ schedule, duration, timeZone }: Opening): string {
  return [schedule, duration, timeZone].join('\n');
}

function cronOf({ schedule, timeZone }: Opening): CronTime | undefined {
  try {
    // Argo CD's schedules know "?" for any day.
    return new CronTime(schedule.replaceAll('?', '*'), timeZone);
  } catch {
    // A schedule that only Argo CD can read.
    return undefined;
  }
}

function startAfter(
  cron: CronTime | undefined,
  { timeZone }: Opening,
  after: Date,
): Date | undefined {
  try {
    return cron?.getNextDateFrom(after, timeZone).toJSDate();
  } catch {
    // A date that never comes.
    return undefined;
  }
}

const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Go's form: https://pkg.go.dev/time#ParseDuration */
function durationMs(text: string): number | undefined {
  if (!/^((\d+\.?\d*|\.\d+)(h|ms|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit],
    0,
  );
}
