import type { Config } from '@backstage/config';

/**
 * The names of the clusters that the portal watches: `kubernetes.clusterLocatorMethods`, the block of Backstage's Kubernetes
 * plugin. A tenant elsewhere would have no pods in the portal.
 *
 * @returns undefined when the configuration does not list them (none, or a locator that asks elsewhere)
 */
export function knownClusters(config: Config): string[] | undefined {
  const locators = config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  if (locators.some(each => each.getOptionalString('type') !== 'config')) return undefined;
  const names = locators
    .flatMap(each => each.getOptionalConfigArray('clusters') ?? [])
    .map(cluster => cluster.getOptionalString('name'))
    .filter(name => name !== undefined);
  return names.length > 0 ? names : undefined;
}
