import { partLabel, versionLabel } from '../serving/fleetQueries';
import type { Sample } from '../serving/requestsOf';
import type { MetricNames } from '../telemetry/metricNames';
import { matcher } from '../telemetry/quote';

/**
 * How every version of a service serves: requests a second and failed ones by tenant and version, and the 95th percentile by
 * version over all tenants. One query, whose answer grows with tenants times the versions that they run.
 *
 * @param windowSeconds - that rates are taken over
 */
export function versionQuery(names: MetricNames, service: string, windowSeconds: number): string {
  const { requests, durations, labels, isCountOfDurations, failed } = names;
  const rate = (metric: string, ...more: string[]) => {
    const own = [
      `${labels.namespace}!=""`,
      matcher(labels.service, service),
      `${versionLabel}!=""`,
    ];
    return `rate(${metric}{${[...own, ...names.matchers, ...more].join(',')}}[${windowSeconds}s])`;
  };
  const part = (name: string, query: string) =>
    `label_replace(${query}, "${partLabel}", "${name}", "", "")`;
  const count = (...more: string[]) => {
    const classic = rate(requests, ...more);
    // A native histogram has no series of its count.
    const all = isCountOfDurations
      ? `${classic} or histogram_count(${rate(durations, ...more)})`
      : classic;
    return `sum by (${labels.namespace}, ${versionLabel}) (${all})`;
  };
  const classic = `histogram_quantile(0.95, sum by (le, ${versionLabel}) (${rate(
    `${durations}_bucket`,
  )}))`;
  const native = `histogram_quantile(0.95, sum by (${versionLabel}) (${rate(durations)}))`;
  // Without requests a percentile is NaN: the comparison leaves it out.
  const p95 = `(${classic} >= 0) or (${native} >= 0)`;
  return [part('all', count()), part('failed', count(failed)), part('p95', p95)].join(' or ');
}

/** How one version serves, as Prometheus tells. */
export interface MeasuredVersion {
  /** Requests within the window, by tenant. */
  all: Map<string, number>;
  failed: number;
  /** Seconds. */
  p95?: number;
}

/**
 * Sorts the answers to {@link versionQuery} by version. What is of no tenant of the service, such as the platform's own
 * tests, is not counted.
 *
 * @param isTenant - whether the service has that tenant
 */
export function measuredVersions(
  samples: readonly Sample[],
  { labels: names, seconds }: Pick<MetricNames, 'labels' | 'seconds'>,
  windowSeconds: number,
  isTenant: (tenant: string) => boolean,
): Map<string, MeasuredVersion> {
  const found = new Map<string, MeasuredVersion>();
  for (const { labels, value } of samples) {
    const version = labels[versionLabel];
    if (!version || !Number.isFinite(value) || value < 0) continue;
    const known = found.get(version) ?? { all: new Map<string, number>(), failed: 0 };
    found.set(version, known);
    const part = labels[partLabel];
    const tenant = labels[names.namespace];
    if (part === 'p95') known.p95 = value * seconds;
    else if (!tenant || !isTenant(tenant)) continue;
    else if (part === 'failed') known.failed += value * windowSeconds;
    else known.all.set(tenant, (known.all.get(tenant) ?? 0) + value * windowSeconds);
  }
  return found;
}
