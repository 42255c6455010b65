import type { MetricNames } from './metricNames';
import { matcher } from './quote';

/** What a panel's queries are made for. */
export interface PanelTarget {
  tenant: string;
  service: string;
  /** Seconds that a rate is taken over. */
  windowSeconds: number;
}

/** The series of a release: `metric{namespace="tenant-a",service="demo-api"}`. */
export function seriesOf(
  { labels }: MetricNames,
  metric: string,
  { tenant, service }: Pick<PanelTarget, 'tenant' | 'service'>,
  ...more: string[]
): string {
  const own = [matcher(labels.namespace, tenant), matcher(labels.service, service)];
  return `${metric}{${[...own, ...more].join(',')}}`;
}

/** By how much each of them grows a second. */
export function rateOf(
  names: MetricNames,
  metric: string,
  target: PanelTarget,
  ...more: string[]
): string {
  return `rate(${seriesOf(names, metric, target, ...more)}[${target.windowSeconds}s])`;
}
