import type { MetricNames } from '../telemetry/metricNames';
import { partLabel, versionLabel } from './fleetQueries';

/** One value of an answer of Prometheus. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** Requests of one release within the window that is looked at. */
export interface Requests {
  all: number;
  failed: number;
  /** Requests that failed, by version; without those whose series name none. */
  failedBy: ReadonlyMap<string, number>;
}

/** Names a release among all; neither name holds a slash. */
export function servingKey(tenant: string, service: string): string {
  return `${tenant}/${service}`;
}

/** Sorts the answer to the fleet's query by release. What has no tenant or service is nobody's. */
export function requestsOf(
  samples: readonly Sample[],
  { labels: names }: Pick<MetricNames, 'labels'>,
  windowSeconds: number,
): Map<string, Requests> {
  const found = new Map<string, { all: number; failed: number; failedBy: Map<string, number> }>();
  for (const { labels, value } of samples) {
    const [tenant, service] = [labels[names.namespace], labels[names.service]];
    const count = value * windowSeconds;
    if (!tenant || !service || !Number.isFinite(count) || count < 0) continue;
    const key = servingKey(tenant, service);
    const known = found.get(key) ?? { all: 0, failed: 0, failedBy: new Map() };
    found.set(key, known);
    if (labels[partLabel] === 'all') known.all += count;
    else {
      known.failed += count;
      const version = labels[versionLabel];
      if (version) known.failedBy.set(version, (known.failedBy.get(version) ?? 0) + count);
    }
  }
  return found;
}

/** The version of which most requests failed. */
export function worstVersion({ failedBy }: Requests): string | undefined {
  const [worst] = [...failedBy].sort(([, one], [, other]) => other - one);
  return worst && worst[1] > 0 ? worst[0] : undefined;
}
