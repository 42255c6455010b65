import type { MetricNames } from '../telemetry/metricNames';

/** Label by which the parts of one answer are told apart. */
export const partLabel = 'tenant_releases_part';
/** Label of the version, where series have one: services write it as a label of their pods. */
export const versionLabel = 'version';

/**
 * Requests a second of every release by version: the failed ones, and all. One query for the fleet.
 *
 * @param windowSeconds - that the rate is taken over
 */
export function requestsQuery(names: MetricNames, windowSeconds: number): string {
  const by = [names.labels.namespace, names.labels.service, versionLabel];
  const part = (name: string, ...more: string[]) =>
    `label_replace(${requests(
      names,
      windowSeconds,
      by,
      ...more,
    )}, "${partLabel}", "${name}", "", "")`;
  return `${part('failed', names.failed)} or ${part('all')}`;
}

/** The ratio of errors of the releases of which more requests fail than may. */
export function failingQuery(names: MetricNames, windowSeconds: number, objective: number): string {
  const by = [names.labels.namespace, names.labels.service];
  const failed = requests(names, windowSeconds, by, names.failed);
  return `${failed} / ${requests(names, windowSeconds, by)} > ${objective}`;
}

/** A native histogram has no series of its count; a pod that has both is counted once, by its classic one. */
function requests(
  names: MetricNames,
  windowSeconds: number,
  by: readonly string[],
  ...more: string[]
): string {
  const matchers = [`${names.labels.namespace}!=""`, ...names.matchers, ...more];
  const rate = (metric: string) => `rate(${metric}{${matchers.join(',')}}[${windowSeconds}s])`;
  const counted = rate(names.requests);
  const all = names.isCountOfDurations
    ? `${counted} or histogram_count(${rate(names.durations)})`
    : counted;
  return `sum by (${by.join(', ')}) (${all})`;
}
