import type { Freeze } from '@internal/plugin-tenant-releases-common';
import type { BadVersion, PolicyFreeze, PolicyRing, ReleasePolicy } from './releasePolicy';

/** What a freeze can tell tenants apart by; the `tenant:` block of a tenant file has all of it. */
export interface PolicyTenant {
  name: string;
  tier: string;
  ring: number;
}

/**
 * The freeze that a tenant is in; of several, the one that ends last.
 *
 * @param at - the moment that is asked about
 */
export function freezeFor(
  policy: ReleasePolicy,
  tenant: PolicyTenant,
  at: Date,
): Freeze | undefined {
  const last = freezeWindow(policy, tenant, at);
  return last && { reason: last.reason, until: last.until };
}

/** Like {@link freezeFor}, the whole window. */
export function freezeWindow(
  policy: ReleasePolicy,
  tenant: PolicyTenant,
  at: Date,
): PolicyFreeze | undefined {
  const time = at.getTime();
  const [last] = policy.freezes
    .filter(
      freeze =>
        Date.parse(freeze.from) <= time &&
        time < Date.parse(freeze.until) &&
        isFreezeOf(freeze, tenant),
    )
    .sort((a, b) => Date.parse(b.until) - Date.parse(a.until));
  return last;
}

/**
 * When a freeze last began or ended, and when the next one does: what was judged before such an instant may be judged
 * otherwise after it.
 */
export function freezeEdges(policy: ReleasePolicy, at: Date): { last?: Date; next?: Date } {
  const time = at.getTime();
  const edges = policy.freezes.flatMap(({ from, until }) => [Date.parse(from), Date.parse(until)]);
  const [past, coming] = [edges.filter(edge => edge <= time), edges.filter(edge => edge > time)];
  return {
    ...(past.length > 0 ? { last: new Date(Math.max(...past)) } : {}),
    ...(coming.length > 0 ? { next: new Date(Math.min(...coming)) } : {}),
  };
}

/** Whether a freeze binds a tenant, whenever it is. */
export function isFreezeOf(
  { all, tenants, tiers, rings }: PolicyFreeze,
  tenant: PolicyTenant,
): boolean {
  return (
    all === true ||
    tenants?.includes(tenant.name) === true ||
    tiers?.some(tier => tier === tenant.tier) === true ||
    rings?.includes(tenant.ring) === true
  );
}

/** The entry of the bad list for a version; `undefined` when it is not on it. */
export function badVersion(policy: ReleasePolicy, version: string): BadVersion | undefined {
  return policy.badVersions.find(entry => entry.version === version);
}

/** Whether no tenant may be moved to a version. */
export function isBadVersion(policy: ReleasePolicy, version: string): boolean {
  return badVersion(policy, version) !== undefined;
}

/** The entry of a ring; `undefined` for one that the policy does not name. */
export function policyRing(policy: ReleasePolicy, ring: number): PolicyRing | undefined {
  return policy.rings.find(entry => entry.ring === ring);
}

/** A ring as people call it: `ring 0 (canary)`. */
export function ringTitle(policy: ReleasePolicy, ring: number): string {
  const name = policyRing(policy, ring)?.name;
  return name === undefined ? `ring ${ring}` : `ring ${ring} (${name})`;
}

/**
 * Every ring in the order of promotion: the policy's, and those that only tenants name, by number.
 *
 * @param used - rings of the tenants
 */
export function ringOrder(policy: ReleasePolicy, used: Iterable<number> = []): number[] {
  return [...new Set([...policy.rings.map(({ ring }) => ring), ...used])].sort((a, b) => a - b);
}
