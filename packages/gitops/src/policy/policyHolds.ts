import type { FoundRelease } from '../doctor/release';
import type { PolicyHold, ReleasePolicy } from './releasePolicy';

/** What tells releases of any layout apart. */
export type ReleaseName = Pick<FoundRelease, 'tenant' | 'service' | 'environment' | 'cluster'>;

/** Where the policy holds a release in its list; -1 when it does not. */
export function policyHoldIndex({ holds = [] }: ReleasePolicy, release: ReleaseName): number {
  return holds.findIndex(hold => isSameRelease(hold, release));
}

/** The hold of a release in the policy, as it stands in a tenant file. */
export function policyHold(
  policy: ReleasePolicy,
  release: ReleaseName,
): Pick<PolicyHold, 'version' | 'reason' | 'by' | 'since'> | undefined {
  const hold = policy.holds?.[policyHoldIndex(policy, release)];
  if (!hold) return undefined;
  const { version, reason, by, since } = hold;
  return { version, reason, by, since };
}

/** Releases with the holds of the policy; what the files of the layout say of a hold themselves goes first. */
export function withPolicyHolds<T extends FoundRelease>(
  releases: readonly T[],
  policy: ReleasePolicy,
): T[] {
  return releases.map(release => {
    const hold = policyHold(policy, release);
    if (!hold || release.facts.hold) return release;
    return { ...release, facts: { ...release.facts, hold } };
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
