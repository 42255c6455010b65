import type { LogLine, LogList } from '@internal/plugin-tenant-releases-common';
import { toUpstreamError } from '@internal/gitops';
import type { LineCap } from './LineCap';
import { toLogLine } from './logLines';
import type { KnownLevel } from './logLevels';
import type { LokiAnswer, LokiClient, LokiLine } from './LokiClient';
import type { RequestTarget } from './ownRequest';
import type { TimeRange } from './timeRange';

/** What is read, of whom, and how much of it. */
export interface LogReading {
  client: Pick<LokiClient, 'queryRange'>;
  cap: LineCap;
  target: RequestTarget;
  /** LogQL that has passed the guard. */
  query: string;
  range: TimeRange;
  limit: number;
  direction: 'forward' | 'backward';
  /** Only lines that show this level; the query finds others, too. */
  level?: KnownLevel;
  versionLabel?: string;
}

/** Milliseconds for all pages: the portal answers within two seconds. */
const budgetMs = 1_800;
/** No page is begun with less than this left. */
const minPageMs = 400;
const maxPages = 8;
/** With lines of usual length, a page of this size stays far below the most bytes that are taken. */
const maxPageLines = 2_000;
const second = 1_000_000_000n;

/**
 * Reads lines by pages, each where the one before ended, until there are enough, or the time is up: then the answer says
 * that there are more.
 */
export async function readLogs(reading: LogReading): Promise<Omit<LogList, 'source'>> {
  const { limit, level, versionLabel } = reading;
  const lines: LogLine[] = [];
  let leftOutCount = 0;
  let pagesRead = 0;
  let isComplete = false;
  try {
    for await (const page of pages(reading)) {
      const shown = page.lines.map(line => toLogLine(line, versionLabel));
      lines.push(...shown.filter(line => !level || line.level === level));
      leftOutCount += page.leftOut;
      pagesRead += 1;
      isComplete = page.isLast;
      if (lines.length > limit) break;
    }
  } catch (error) {
    // What was found is true, and the answer says that it is not all; so is "none so far" when only the time is up.
    const isTimeUp = pagesRead > 0 && toUpstreamError(error).errorClass === 'timeout';
    if (lines.length === 0 && !isTimeUp) throw error;
  }
  return {
    lines: lines.slice(0, limit),
    truncated: lines.length > limit || !isComplete,
    ...(leftOutCount > 0 ? { leftOutCount } : {}),
  };
}

async function* pages(
  reading: LogReading,
): AsyncGenerator<LokiAnswer & { isLast: boolean }, void, void> {
  const { client, cap, target, query, range, direction } = reading;
  const until = Date.now() + budgetMs;
  // One more than asked for tells whether there are more.
  let wanted = reading.limit + 1;
  let next: Section = {
    start: BigInt(range.start) * second,
    end: BigInt(range.end) * second,
    seen: new Set(),
  };
  for (let page = 0; page < maxPages && until - Date.now() >= minPageMs; page += 1) {
    const section = next;
    const { start, end } = section;
    const { answer, limit } = await cap.ask(target.tenant, wanted, most => {
      const timeoutMs = Math.max(1, until - Date.now());
      return client.queryRange(target, { query, start, end, limit: most, direction, timeoutMs });
    });
    const ordered = inOrder(answer.lines, direction);
    // A server that gives the same lines whatever is asked is not read in circles.
    const lines = page === 0 ? ordered : ordered.filter(line => isNew(line, section));
    const isLast = answer.lines.length + answer.leftOut < limit;
    yield { lines, leftOut: answer.leftOut, isLast };
    const last = lines.at(-1);
    if (isLast || !last) return;
    next = sectionAfter(section, last, answer.lines, direction);
    // Nothing is before the first moment and after the last: a server may give a line of another time.
    if (next.start >= next.end) return;
    wanted = Math.min(maxPageLines, wanted * 4);
  }
}

/** A part of the range that is still to be read. */
interface Section {
  start: bigint;
  end: bigint;
  /** Lines at its edge that have been read. */
  seen: ReadonlySet<string>;
}

function sectionAfter(
  { start, end }: Section,
  { time }: LokiLine,
  answer: LokiLine[],
  direction: LogReading['direction'],
): Section {
  // Lines of the same moment may be on both pages.
  const seen = new Set(answer.filter(line => line.time === time).map(keyOf));
  return direction === 'backward'
    ? { start, end: BigInt(time) + 1n, seen }
    : { start: BigInt(time), end, seen };
}

function isNew(line: LokiLine, { start, end, seen }: Section): boolean {
  return !seen.has(keyOf(line)) && BigInt(line.time) >= start && BigInt(line.time) < end;
}

function inOrder(lines: LokiLine[], direction: 'forward' | 'backward'): LokiLine[] {
  const order = direction === 'forward' ? 1 : -1;
  return [...lines].sort((a, b) => order * compareDecimals(a.time, b.time));
}

function keyOf({ time, text, labels }: LokiLine): string {
  return JSON.stringify([time, text, Object.entries(labels).sort()]);
}

function compareDecimals(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
