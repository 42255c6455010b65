import type { FoundRelease } from '../doctor/release';
import type { ReleasePolicy } from './releasePolicy';

/** What tells releases of any layout apart. */
export type ReleaseName = Pick<FoundRelease, 'tenant' | 'service' | 'environment' | 'cluster'>;

/** Where the policy holds a release in its list; -1 when it does not. */
export function policyHoldIndex({ holds = [] }: ReleasePolicy, release: ReleaseName): number {
  return holds.findIndex(hold => isSameRelease(hold, release));
}

/** Releases with the holds of the policy; what the files of the layout say of a hold themselves goes first. */
export function withPolicyHolds<T extends FoundRelease>(
  releases: readonly T[],
  policy: ReleasePolicy,
): T[] {
  return releases.map(release => {
    const hold = policy.holds?.[policyHoldIndex(policy, release)];
    if (!hold || release.facts.hold) return release;
    const { version, reason, by, since } = hold;
    return { ...release, facts: { ...release.facts, hold: { version, reason, by, since } } };
  });
}

/** Whether two names are of one release. */
export function isSameRelease(one: ReleaseName, other: ReleaseName): boolean {
  return (
    one.tenant === other.tenant &&
    one.service === other.service &&
    one.environment === other.environment &&
    one.cluster === other.cluster
  );
}
