import type { FoundRelease } from '../doctor/release';
import type { PolicyHold, ReleasePolicy } from './releasePolicy';

/** What tells releases of any layout apart. */
export type ReleaseName = Pick<FoundRelease, 'tenant' | 'service' | 'environment' | 'cluster'>;

/** Where the policy holds a release in its list; -1 when it does not. */
export function policyHoldIndex({ holds = [] }: ReleasePolicy, release: ReleaseName): number {
  return holds.findIndex(hold => isOf(hold, release));
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

function isOf(hold: PolicyHold, release: ReleaseName): boolean {
  return (
    hold.tenant === release.tenant &&
    hold.service === release.service &&
    hold.environment === release.environment &&
    hold.cluster === release.cluster
  );
}
