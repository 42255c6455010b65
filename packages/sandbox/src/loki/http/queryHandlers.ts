import { LokiError } from '../lokiError';
import type { LogQuery } from '../logql/ast';
import { parseQuery } from '../logql/parseQuery';
import { labelValue, sortLabels, type Labels } from '../pipeline/labelSet';
import { compileSelector } from '../pipeline/matchers';
import { alignedTimes, toMatrix, toVector } from '../query/matrix';
import { queryMetrics } from '../query/metrics';
import type { Source } from '../query/source';
import { queryStreams } from '../query/streams';
import { toSeconds } from '../time';
import {
  checkEntries,
  checkLength,
  directionOf,
  instant,
  intervalOf,
  limitOf,
  stepOf,
  timeRange,
  type TimeRange,
} from './parameters';
import { statistics } from './statistics';

/** What a query handler gets. */
export interface QueryContext {
  parameters: URLSearchParams;
  sources: Source[];
  /** Nanoseconds since 1970. */
  now: bigint;
}

const hour = 3600;

function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) / 1000;
}

/** GET or POST /loki/api/v1/query_range. */
export function queryRange({ parameters, sources, now }: QueryContext) {
  const seconds = stopwatch();
  const range = timeRange(parameters, now, hour);
  const limit = limitOf(parameters);
  const direction = directionOf(parameters);
  const interval = intervalOf(parameters);
  const step = stepOf(parameters, range);
  checkLength(range);
  const query = parseQuery(parameters.get('query') ?? '');

  if (query.kind === 'log') {
    checkEntries(limit);
    const request = { query, ...range, limit, direction, interval };
    const { result, counts } = queryStreams(sources, request);
    const stats = statistics(counts, counts.matched, seconds());
    return { status: 'success', data: { resultType: 'streams', result, stats } };
  }
  const times = alignedTimes(toSeconds(range.start), toSeconds(range.end), step);
  const { series, counts } = queryMetrics(query, sources, times);
  const stats = statistics(counts, series.length, seconds());
  return { status: 'success', data: { resultType: 'matrix', result: toMatrix(series), stats } };
}

/** GET or POST /loki/api/v1/query: numbers at one time. */
export function queryInstant({ parameters, sources, now }: QueryContext) {
  const seconds = stopwatch();
  const time = instant(parameters, now);
  limitOf(parameters);
  const query = parseQuery(parameters.get('query') ?? '');
  if (query.kind === 'log') {
    throw new LokiError(
      400,
      'log queries are not supported as an instant query type, please change your query to a range query type',
    );
  }
  const { series, counts } = queryMetrics(query, sources, [time]);
  const stats = statistics(counts, series.length, seconds());
  return { status: 'success', data: { resultType: 'vector', result: toVector(series), stats } };
}

function selectorOf(text: string): (labels: Labels) => boolean {
  const query = parseQuery(text);
  if (query.kind !== 'log' || query.stages.length > 0) {
    throw new LokiError(400, 'only label matchers are supported');
  }
  return compileSelector((query satisfies LogQuery).selector);
}

function within(sources: Source[], { start, end }: TimeRange): Source[] {
  return sources.filter(({ stream }) => stream.hasBetween(start, end + 1n));
}

function labelSources({ parameters, sources, now }: QueryContext): Labels[] {
  const found = within(sources, timeRange(parameters, now, 6 * hour)).map(({ labels }) => labels);
  const query = parameters.get('query');
  return query ? found.filter(selectorOf(query)) : found;
}

/** A list of labels or values. An empty one is left out of the answer, as Loki does. */
function list(values: Iterable<string>) {
  const data = [...new Set(values)].sort();
  return data.length > 0 ? { status: 'success', data } : { status: 'success' };
}

/** GET /loki/api/v1/labels: the names of streams' labels. */
export function labelNames(context: QueryContext) {
  return list(labelSources(context).flatMap(labels => Object.keys(labels)));
}

/** GET /loki/api/v1/label/{name}/values. */
export function labelValues(context: QueryContext, name: string) {
  return list(labelSources(context).flatMap(labels => labelValue(labels, name) ?? []));
}

/** GET or POST /loki/api/v1/series: the streams that match any of the selectors in `match[]`. */
export function seriesList({ parameters, sources, now }: QueryContext) {
  const texts = [...parameters.getAll('match[]'), ...parameters.getAll('match')];
  const range = timeRange(parameters, now, hour);
  if (texts.length === 0) throw new LokiError(400, '0 matcher groups supplied');
  const selectors = texts.map(selectorOf);
  const data = within(sources, range)
    .map(({ labels }) => labels)
    .filter(labels => selectors.some(selects => selects(labels)))
    .map(sortLabels);
  return { status: 'success', data };
}
