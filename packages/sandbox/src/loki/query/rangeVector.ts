import type { Grouping, MetricQuery, RangeOperation } from '../logql/ast';
import { LogqlError } from '../logql/logqlError';
import { errorDetails, errorLabel, formatLabels } from '../pipeline/labelSet';
import { compileSelector } from '../pipeline/matchers';
import { compilePipeline } from '../pipeline/pipeline';
import { fromSeconds, toSeconds } from '../time';
import { group, type Series } from './series';
import type { ScanCounts, Source } from './source';

type RangeQuery = Extract<MetricQuery, { kind: 'range' }>;

/** A line's contribution: 1 when lines are counted, its length when bytes are. */
interface Sample {
  /** Seconds since 1970, the offset added. */
  time: number;
  value: number;
}

interface Samples {
  metric: Record<string, string>;
  samples: Sample[];
}

const countsBytes: Record<RangeOperation, boolean> = {
  count_over_time: false,
  rate: false,
  bytes_over_time: true,
  bytes_rate: true,
};

const isRate: Record<RangeOperation, boolean> = {
  count_over_time: false,
  rate: true,
  bytes_over_time: false,
  bytes_rate: true,
};

/** Reads every line that falls into a window of any of the times. */
function collect(
  query: RangeQuery,
  options: { sources: Source[]; times: number[]; counts: ScanCounts; grouping?: Grouping },
): Samples[] {
  const { sources, times, counts, grouping } = options;
  const selects = compileSelector(query.logs.selector);
  const pipeline = compilePipeline(query.logs.stages);
  // A window is open at its start and closed at its end: (time - range, time].
  const from = fromSeconds(times[0] - query.offset - query.range) + 1n;
  const until = fromSeconds(times[times.length - 1] - query.offset) + 1n;
  const found = new Map<string, Samples>();
  for (const { labels, stream } of sources) {
    if (!selects(labels)) continue;
    for (const entry of stream.between(from, until)) {
      const bytes = Buffer.byteLength(entry.line);
      counts.lines++;
      counts.bytes += bytes;
      const set = pipeline(entry, labels);
      if (!set) continue;
      counts.matched++;
      const metric = set.toLabels();
      if (metric[errorLabel] !== undefined) throw pipelineError(metric);
      const kept = grouping ? group(metric, grouping) : metric;
      const key = formatLabels(kept);
      let series = found.get(key);
      if (!series) {
        series = { metric: kept, samples: [] };
        found.set(key, series);
      }
      const value = countsBytes[query.operation] ? bytes : 1;
      series.samples.push({ time: toSeconds(entry.time) + query.offset, value });
    }
  }
  return [...found.values()];
}

function pipelineError(metric: Record<string, string>): LogqlError {
  const { [errorLabel]: error, [errorDetails]: details, ...labels } = metric;
  return new LogqlError(
    `pipeline error: '${error}' for series: '${formatLabels(labels)}'.\n` +
      `Use a label filter to intentionally skip this error. (e.g | __error__!="${error}").\n` +
      `To skip all potential errors you can match empty errors.(e.g __error__="")\n` +
      `The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )\n` +
      `Details: ${details}`,
  );
}

/** The value of a series at each time whose window holds a sample. */
function slide(samples: Sample[], times: number[], query: RangeQuery): Map<number, number> {
  samples.sort((left, right) => left.time - right.time);
  const divisor = isRate[query.operation] ? query.range : 1;
  const points = new Map<number, number>();
  let first = 0;
  let next = 0;
  let sum = 0;
  for (const time of times) {
    for (; next < samples.length && samples[next].time <= time; next++) sum += samples[next].value;
    for (; first < next && samples[first].time <= time - query.range; first++) {
      sum -= samples[first].value;
    }
    if (first < next) points.set(time, sum / divisor);
    if (first === samples.length) break;
  }
  return points;
}

/**
 * Counts lines or bytes in the window before each time.
 *
 * @param options - with `grouping`, series are joined as a sum over it would join them
 * @throws LogqlError when a stage of the pipeline failed on a line, as Loki does
 */
export function evaluateRange(
  query: RangeQuery,
  options: { sources: Source[]; times: number[]; counts: ScanCounts; grouping?: Grouping },
): Series[] {
  return collect(query, options).map(({ metric, samples }) => ({
    metric,
    points: slide(samples, options.times, query),
  }));
}
