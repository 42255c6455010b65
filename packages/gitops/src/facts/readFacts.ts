import type { Checkout } from '../checkout/checkout';
import type { FoundRelease, Unmatched } from '../doctor/release';
import { readRegistry, type Registry } from './readRegistry';
import { factsAt, type FactKeys, type TenantFacts } from './tenantFacts';

/** In a registry, facts stand under their own names unless the layout says otherwise. */
export const ownKeys: FactKeys = {
  displayName: 'displayName',
  owner: 'owner',
  tier: 'tier',
  ring: 'ring',
  contact: 'contact',
  hold: 'hold',
};

/** The facts of each release, and what is wrong with where they come from. */
export interface ReleaseFacts {
  of(release: FoundRelease): TenantFacts;
  unmatched: Unmatched[];
}

/**
 * Reads the facts about releases: of the registry file that their layout names, else of the file that stands for the release.
 * What neither says is not known.
 */
export function readFacts(checkout: Checkout, releases: readonly FoundRelease[]): ReleaseFacts {
  const registries = new Map<string, Registry>();
  const unmatched: Unmatched[] = [];
  const told = new Set<string>();
  const known = new Map<FoundRelease, TenantFacts>();
  const tell = (one: Unmatched) => {
    const key = JSON.stringify(one);
    if (!told.has(key)) unmatched.push(one);
    told.add(key);
  };
  const registryOf = (file: string) => {
    const registry = registries.get(file) ?? readRegistry(checkout, file);
    if (!registries.has(file)) {
      for (const { tenant, reason } of registry.problems)
        tell(
          tenant
            ? { kind: 'tenant', name: tenant, reason: `${file}: ${reason}` }
            : { kind: 'file', name: file, reason },
        );
    }
    registries.set(file, registry);
    return registry;
  };
  for (const release of releases) {
    const { place, layout } = release.deployed;
    const { registry, keys = {} } = layout.settings.facts ?? {};
    const { facts, problems } = registry
      ? factsAt(registryOf(registry).entries.get(release.tenant), { ...ownKeys, ...keys })
      : factsAt(checkout.has(place) ? checkout.documents(place)[0]?.value : undefined, keys);
    for (const problem of problems) {
      const reason = `${registry ?? place}: ${problem}; it is not known until it is corrected`;
      tell({ kind: 'tenant', name: release.tenant, reason });
    }
    known.set(release, facts);
  }
  return { of: release => known.get(release) ?? {}, unmatched };
}
