import { parseReleasePolicy, type ReleasePolicy } from '../policy/releasePolicy';
import { badVersion } from '../policy/releasePolicyRules';
import { EditError } from '../locate/EditError';
import { shorten } from '../text/shorten';
import { formatYamlProblem } from '../yaml/yamlProblem';
import type { ChangeState } from './changeState';
import { ChangeRefusal } from './ChangeRefusal';

/** @throws ChangeRefusal while nobody knows what is frozen or bad */
export function requirePolicy({ policyProblem }: ChangeState): void {
  if (policyProblem !== undefined) throw new ChangeRefusal(policyProblem);
}

/** Why a version is not released; `undefined` when it may be. */
export function badVersionText(
  { policy, places }: ChangeState,
  version: string,
): string | undefined {
  const bad = badVersion(policy, version);
  return (
    bad &&
    `${version} is on the list of bad versions in ${places.policyPath}: ${shorten(bad.reason)}`
  );
}

/**
 * Changes the text of the policy, and makes sure that it can be read afterwards.
 *
 * @throws ChangeRefusal
 */
export function editPolicy(
  { policyText = '', places }: ChangeState,
  change: (text: string) => string,
): { text: string; policy: ReleasePolicy } {
  const text = edited(places.policyPath, () => change(policyText));
  const read = parseReleasePolicy(text);
  if (read.ok) return { text, policy: read.policy };
  const [problem] = read.problems;
  throw new ChangeRefusal(`${places.policyPath} would not be valid: ${formatYamlProblem(problem)}`);
}

function edited(path: string, change: () => string): string {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new ChangeRefusal(`${path} cannot be changed: ${error.message}`);
  }
}
