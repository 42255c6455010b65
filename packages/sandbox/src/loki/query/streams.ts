import type { LogQuery } from '../logql/ast';
import { formatLabels, sortLabels, type Labels } from '../pipeline/labelSet';
import { compileSelector } from '../pipeline/matchers';
import { compilePipeline } from '../pipeline/pipeline';
import type { Entry } from '../store/stream';
import type { ScanCounts, Source } from './source';

/** What a log query asks for. Times are nanoseconds since 1970; `end` is excluded. */
export interface StreamsRequest {
  query: LogQuery;
  start: bigint;
  end: bigint;
  /** The most lines of the answer. */
  limit: number;
  direction: 'forward' | 'backward';
  /** The least time between two lines of the answer, in nanoseconds; 0 for no such rule. */
  interval: bigint;
}

/** Lines that have the same labels after the pipeline, newest or oldest first as was asked. */
export interface StreamResult {
  stream: Record<string, string>;
  values: [string, string][];
}

interface Cursor {
  labels: Labels;
  entries: Entry[];
  /** Index of the next entry to be read. */
  next: number;
}

/** Reads several streams as one, by time. */
function* merge(cursors: Cursor[], forward: boolean): Generator<{ entry: Entry; labels: Labels }> {
  let remaining = cursors.filter(({ entries }) => entries.length > 0);
  while (remaining.length > 0) {
    let best = remaining[0];
    for (const each of remaining) {
      const { time } = each.entries[each.next];
      const bestTime = best.entries[best.next].time;
      if (forward ? time < bestTime : time > bestTime) best = each;
    }
    yield { entry: best.entries[best.next], labels: best.labels };
    best.next += forward ? 1 : -1;
    if (best.next < 0 || best.next >= best.entries.length) {
      remaining = remaining.filter(each => each !== best);
    }
  }
}

/** Lets a line pass that is far enough from the one before. */
function spacing(interval: bigint): (time: bigint) => boolean {
  let last: bigint | undefined;
  return time => {
    const distance = last === undefined ? interval : time - last;
    if ((distance < 0n ? -distance : distance) < interval) return false;
    last = time;
    return true;
  };
}

/**
 * Answers a log query: reads lines in the direction asked for, through the pipeline, until there
 * are enough.
 *
 * @throws LogqlError when the query cannot be used
 */
export function queryStreams(
  sources: Source[],
  request: StreamsRequest,
): { result: StreamResult[]; counts: ScanCounts } {
  const forward = request.direction === 'forward';
  const selects = compileSelector(request.query.selector);
  const pipeline = compilePipeline(request.query.stages);
  const isFarEnough = spacing(request.interval);
  const cursors = sources
    .filter(({ labels }) => selects(labels))
    .map(({ labels, stream }) => {
      const entries = stream.between(request.start, request.end);
      return { labels, entries, next: forward ? 0 : entries.length - 1 };
    });

  const counts: ScanCounts = { lines: 0, bytes: 0, matched: 0 };
  const results = new Map<string, StreamResult>();
  for (const { entry, labels } of merge(cursors, forward)) {
    if (counts.matched >= request.limit) break;
    counts.lines++;
    counts.bytes += entry.line.length;
    const found = pipeline(entry, labels);
    if (!found || !isFarEnough(entry.time)) continue;
    counts.matched++;
    const stream = found.toLabels();
    const key = formatLabels(stream);
    const result = results.get(key) ?? { stream: sortLabels(stream), values: [] };
    result.values.push([entry.time.toString(), entry.line]);
    results.set(key, result);
  }
  const sorted = [...results].sort(([left], [right]) => (left < right ? -1 : 1));
  return { result: sorted.map(([, result]) => result), counts };
}
