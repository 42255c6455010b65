import type { MetricNames } from '../telemetry/metricNames';
import type { PrometheusSeries } from '../telemetry/PrometheusClient';
import { servingKey } from './requestsOf';

/** When each series last began: where the points that go on until the end, without a gap, start. */
export function beginningOf(
  series: readonly PrometheusSeries[],
  { labels: names }: Pick<MetricNames, 'labels'>,
  { end, step }: { end: number; step: number },
): Map<string, Date> {
  const found = new Map<string, Date>();
  for (const { labels, points } of series) {
    const [tenant, service] = [labels[names.namespace], labels[names.service]];
    let begun: number | undefined;
    let expected = end;
    for (const [time] of [...points].reverse()) {
      if (time < expected - 1.5 * step) break;
      begun = time;
      expected = time;
    }
    if (tenant && service && begun !== undefined) {
      found.set(servingKey(tenant, service), new Date(begun * 1000));
    }
  }
  return found;
}
