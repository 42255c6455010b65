import { parseKeyPath } from '../locate/keyPath';
import type { Unmatched } from '../doctor/release';
import { stringAt } from '../traced/traced';
import { tracedValue } from '../traced/tracedValue';
import { factsAt, type FactKeys, type TenantFacts } from './tenantFacts';

/** Which entities of the catalog say something of tenants, and where; see `layouts[].facts.catalog`. */
export interface EntitySettings {
  /** Kind of the entities. */
  kind: string;
  /** Key of the tenant's name. */
  tenant: string;
  /** Keys of facts. */
  keys: FactKeys;
}

/** What `facts.catalog` says of its own accord. */
const usual: EntitySettings = {
  kind: 'System',
  tenant: 'metadata.name',
  keys: {
    displayName: 'metadata.title',
    owner: 'spec.owner',
    tier: 'metadata.labels.tier',
    ring: 'metadata.labels.ring',
    contact: 'metadata.annotations[tenant-releases.io/contact]',
  },
};

/** As `layouts[].facts.catalog` has it. */
export type EntityFactsConfig =
  | boolean
  | (Partial<Omit<EntitySettings, 'keys'>> & { keys?: FactKeys });

/** Settings with what they leave out; undefined where the catalog is not asked. */
export function entitySettings(config: EntityFactsConfig | undefined): EntitySettings | undefined {
  if (!config) return undefined;
  if (config === true) return usual;
  return { ...usual, ...config, keys: { ...usual.keys, ...config.keys } };
}

/** What entities say of tenants, and what is wrong with them. */
export interface EntityFacts {
  byTenant: ReadonlyMap<string, TenantFacts>;
  unmatched: Unmatched[];
}

/**
 * Reads facts of entities. A tenant that two entities stand for has none of them: which holds is not for the portal to say.
 *
 * @param entities - of the kind, as the catalog hands them out
 */
export function entityFacts(
  { tenant: tenantKey, keys }: EntitySettings,
  entities: readonly object[],
): EntityFacts {
  const path = parseKeyPath(tenantKey) ?? [];
  const found = new Map<string, Array<{ ref: string; facts: TenantFacts; problems: string[] }>>();
  for (const entity of entities) {
    const value = tracedValue(entity);
    const tenant = stringAt(value, path);
    if (!tenant) continue;
    const [kind, namespace = 'default', name] = [
      ['kind'],
      ['metadata', 'namespace'],
      ['metadata', 'name'],
    ].map(one => stringAt(value, one));
    const ref = `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
    const others = found.get(tenant) ?? [];
    found.set(tenant, [...others, { ref, ...factsAt(value, keys) }]);
  }
  const byTenant = new Map<string, TenantFacts>();
  const unmatched: Unmatched[] = [];
  for (const [name, all] of found) {
    const [{ ref, facts, problems }, ...others] = all;
    const tell = (reason: string) => unmatched.push({ kind: 'tenant', name, reason });
    if (others.length > 0) {
      const refs = all.map(one => one.ref).sort();
      const shown = refs.slice(0, 3).join(', ');
      tell(
        `${refs.length} entities of the catalog stand for it (${shown}): until one is left, no facts are taken from them`,
      );
      continue;
    }
    byTenant.set(name, facts);
    for (const problem of problems) {
      tell(`the entity ${ref}: ${problem}; it is not known until it is corrected`);
    }
  }
  return { byTenant, unmatched };
}
