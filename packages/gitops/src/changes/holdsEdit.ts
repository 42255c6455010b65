import type { FoundRelease } from '../doctor/release';
import { policyHoldIndex } from '../policy/policyHolds';
import { parseReleasePolicy } from '../policy/releasePolicy';
import { editPolicy } from './changePolicy';
import type { ChangeState } from './changeState';
import type { ChangeEdit } from './kinds/changeKind';
import { addEntry, removeItem } from './listEntries';

/** A hold that is to be, or that ends when there is no version. */
export interface HoldChange {
  release: FoundRelease;
  version?: string;
  reason?: string;
}

/**
 * Changes the holds of the policy, for layouts whose files have no place for one.
 *
 * @throws ChangeRefusal when the policy cannot be changed
 */
export function holdsEdit(
  given: Pick<ChangeState, 'policy' | 'policyText' | 'policyProblem' | 'places'>,
  changes: readonly HoldChange[],
  stamp: { by: string; since: string },
): ChangeEdit {
  const state = { ...given, tenants: [] };
  const former = changes
    .map(({ release }) => policyHoldIndex(state.policy, release))
    .filter(index => index >= 0)
    .sort((one, other) => other - one);
  const write = ({ by, since }: { by: string; since: string }) =>
    editPolicy(state, text => {
      const without = former.reduce((now, index) => removeItem(now, ['holds'], index), text);
      return changes.reduce((now, { release, version, reason = '' }) => {
        if (version === undefined) return now;
        const { tenant, service, environment, cluster } = release;
        return addEntry(now, 'holds', {
          tenant,
          service,
          ...(environment === undefined ? {} : { environment }),
          ...(cluster === undefined ? {} : { cluster }),
          version,
          reason,
          by,
          since,
        });
      }, without);
    }).text;
  const { policyText, places } = state;
  return {
    path: places.policyPath,
    ...(policyText === undefined ? {} : { before: policyText }),
    text: write(stamp),
    tenants: changes.map(({ release: { tenant, facts } }) => ({
      name: tenant,
      displayName: facts.displayName,
      tier: facts.tier,
      ring: facts.ring,
      owner: facts.owner,
    })),
    to: changes.some(({ version }) => version !== undefined) ? 'held' : 'not held',
    accepts: there => {
      const read = parseReleasePolicy(there);
      const last = read.ok ? read.policy.holds?.at(-1) : undefined;
      return last !== undefined && write(last) === there;
    },
  };
}
