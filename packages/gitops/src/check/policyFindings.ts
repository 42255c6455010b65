import { badVersion } from '../policy/releasePolicyRules';
import type { ReleasePolicy } from '../policy/releasePolicy';
import { shorten } from '../text/shorten';
import { finding, type Finding } from './finding';

/** Where a version stands. */
export type VersionPlace = Pick<Finding, 'file' | 'key'> & Partial<Finding>;

/** What the list of bad versions has against a version. @param isNew - whether the change brings it */
export function badVersionFindings(
  place: VersionPlace,
  version: string,
  policies: readonly ReleasePolicy[],
  isNew: boolean,
  policyPath: string,
): Finding[] {
  const [entry] = policies.flatMap(policy => badVersion(policy, version) ?? []);
  if (!entry) return [];
  return [
    finding({
      rule: 'bad-version',
      // Who puts a version on the list does not have to roll everybody back in the same pull request.
      severity: isNew ? 'error' : 'warning',
      ...place,
      problem: `is ${version}, which is on the list of bad versions (${shorten(entry.reason)})`,
      cure: `choose another version; the list is badVersions in ${policyPath}`,
    }),
  ];
}

/** How a freeze is ended. */
export function endOfFreeze(policyPath: string): string {
  return `wait, or end the freeze first, in a pull request of its own on ${policyPath}`;
}

/** Nobody knows whether a change is allowed while the rules of the branch cannot be read. */
export function unknownPolicyFindings(
  problem: string | undefined,
  isChanged: boolean,
  policyPath: string,
): Finding[] {
  if (problem === undefined) return [];
  return [
    finding({
      rule: 'policy',
      // A pull request that corrects the policy, and nothing else, has to pass.
      severity: isChanged ? 'error' : 'warning',
      file: policyPath,
      problem: `cannot be read on the branch that this is compared with (${shorten(
        problem,
      )}): nobody knows what is frozen or bad`,
      cure: 'correct the policy there first, in a pull request of its own',
    }),
  ];
}
