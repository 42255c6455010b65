import type { ServiceVersion } from '@internal/plugin-tenant-releases-common';
import type { ServiceMetrics } from './VersionMetrics';

/** When a version's errors and latency may be told, and when they say something. */
export interface ServingRules {
  /** Of fewer requests nothing is said. */
  minRequests: number;
  /** Of fewer tenants with requests nothing is said: those would be the numbers of one customer. */
  minTenants: number;
}

/** How a version serves, or why that is not said. */
export function servingOf(
  version: string,
  { versions, problem }: ServiceMetrics,
  { minRequests, minTenants }: ServingRules,
): Pick<ServiceVersion, 'serving' | 'notMeasured'> {
  const measured = versions.get(version);
  const counts = [...(measured?.all.values() ?? [])].filter(count => count > 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  // Says the same whether there are none or too few: how many there are would tell when the first customer has it.
  if (counts.length < minTenants) {
    if (problem !== undefined) return { notMeasured: problem };
    return {
      notMeasured:
        minTenants > 1
          ? `Told from ${minTenants} tenants with requests on: of fewer it would be the numbers of one customer.`
          : 'Prometheus has no requests of this version.',
    };
  }
  if (!measured || all === 0 || all < minRequests) {
    return { notMeasured: problem ?? 'There are too few requests to tell.' };
  }
  const { failed, p95 } = measured;
  return {
    serving: {
      errorRatio: Math.min(1, failed / all),
      ...(p95 === undefined ? {} : { latencyP95: p95 }),
    },
    // What a server that does not answer would add is not in it.
    ...(problem === undefined ? {} : { notMeasured: problem }),
  };
}
