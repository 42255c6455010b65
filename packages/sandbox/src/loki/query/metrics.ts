import type { Grouping, MetricQuery, VectorOperation } from '../logql/ast';
import { LogqlError } from '../logql/logqlError';
import { comparisons } from '../pipeline/labelFilters';
import { formatLabels } from '../pipeline/labelSet';
import { evaluateRange } from './rangeVector';
import { group, type Series } from './series';
import type { ScanCounts, Source } from './source';

/** Loki's max_query_series. */
const mostSeries = 500;

const reducers: Record<VectorOperation, (values: number[]) => number> = {
  sum: values => values.reduce((sum, value) => sum + value, 0),
  avg: values => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: values => Math.min(...values),
  max: values => Math.max(...values),
  count: values => values.length,
};

function aggregate(inner: Series[], operation: VectorOperation, grouping: Grouping): Series[] {
  const groups = new Map<string, { metric: Record<string, string>; members: Series[] }>();
  for (const series of inner) {
    const metric = group(series.metric, grouping);
    const key = formatLabels(metric);
    const known = groups.get(key) ?? { metric, members: [] };
    known.members.push(series);
    groups.set(key, known);
  }
  return [...groups.values()].map(({ metric, members }) => {
    const values = new Map<number, number[]>();
    for (const { points } of members) {
      for (const [time, value] of points) {
        const atTime = values.get(time);
        if (atTime) atTime.push(value);
        else values.set(time, [value]);
      }
    }
    const reduce = reducers[operation];
    const points = new Map([...values].map(([time, each]) => [time, reduce(each)]));
    return { metric, points };
  });
}

function compare(
  inner: Series[],
  { operator, bool, scalar, scalarFirst }: Extract<MetricQuery, { kind: 'comparison' }>,
): Series[] {
  const holds = (value: number) =>
    scalarFirst ? comparisons[operator](scalar, value) : comparisons[operator](value, scalar);
  return inner.map(({ metric, points }) => {
    const entries = [...points].flatMap(([time, value]): [number, number][] => {
      if (bool) return [[time, holds(value) ? 1 : 0]];
      return holds(value) ? [[time, value]] : [];
    });
    return { metric, points: new Map(entries) };
  });
}

function evaluate(
  query: MetricQuery,
  sources: Source[],
  times: number[],
  counts: ScanCounts,
): Series[] {
  switch (query.kind) {
    case 'range':
      return evaluateRange(query, { sources, times, counts });
    case 'comparison':
      return compare(evaluate(query.inner, sources, times, counts), query);
    case 'aggregation': {
      const { operation, grouping, inner } = query;
      // A sum of counts is the count of all: labels that it drops need not make series first.
      const series =
        operation === 'sum' && inner.kind === 'range'
          ? evaluateRange(inner, { sources, times, counts, grouping })
          : evaluate(inner, sources, times, counts);
      return aggregate(series, operation, grouping);
    }
    default:
      throw new Error(`unknown query ${query satisfies never}`);
  }
}

/**
 * Answers a metric query at each of the times (seconds since 1970, rising).
 *
 * @returns series with at least one point, sorted by labels
 * @throws LogqlError when the query cannot be used or would give too many series
 */
export function queryMetrics(
  query: MetricQuery,
  sources: Source[],
  times: number[],
): { series: Series[]; counts: ScanCounts } {
  const counts: ScanCounts = { lines: 0, bytes: 0, matched: 0 };
  const series = evaluate(query, sources, times, counts).filter(({ points }) => points.size > 0);
  if (series.length > mostSeries) {
    throw new LogqlError(
      `maximum number of series (${mostSeries}) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()`,
    );
  }
  const keyed = series.map(each => ({ each, key: formatLabels(each.metric) }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : 1));
  return { series: keyed.map(({ each }) => each), counts };
}
