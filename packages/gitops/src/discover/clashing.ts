import type { Checkout } from '../checkout/checkout';
import type { Deployment } from '../applied/deployment';
import { releasesOf } from '../doctor/releasesOf';
import { claimsOf } from '../layout/claims';
import type { Layout } from '../layout/layout';

/** Positions of the layouts that give one name to different releases, or claim one file with another. */
export function clashing(
  checkout: Checkout,
  layouts: readonly Layout[],
  deployments: readonly Deployment[],
): Set<number> {
  const positions = new Map(layouts.map((layout, index) => [layout, index]));
  const owners = new Map<string, { value: string; layouts: Set<number>; deployment: Deployment }>();
  const found = new Set<number>();
  for (const deployment of deployments) {
    const [claim, ...others] = claimsOf(layouts, deployment);
    if (!claim) continue;
    const index = positions.get(claim.layout) ?? 0;
    for (const other of others) {
      if (other.place === claim.place) found.add(positions.get(other.layout) ?? 0);
    }
    for (const release of releasesOf(deployment, claim, place => checkout.has(place))) {
      const { tenant, service, environment, cluster, file, line, version } = release;
      const key = JSON.stringify([tenant, service, environment, cluster]);
      const value = `${file}:${line} ${version}`;
      const owner = owners.get(key) ?? { value, layouts: new Set<number>(), deployment };
      owners.set(key, owner);
      owner.layouts.add(index);
      // Within one deployment, no other layout tells them apart.
      if (owner.value !== value && owner.deployment !== deployment) {
        for (const one of owner.layouts) found.add(one);
      }
    }
  }
  return found;
}
