import { freezeOf } from '../check/releaseRules';
import type { FoundRelease } from '../doctor/release';
import { isSameRelease } from '../policy/policyHolds';
import { shorten } from '../text/shorten';
import type { BumpEdit } from './bumpRelease';
import { badVersionText, requirePolicy } from './changePolicy';
import type { ChangeState } from './changeState';
import { ChangeRefusal } from './ChangeRefusal';

/**
 * Makes sure that the policy has nothing against a bump in another layout; holds are those of `bumpRelease`.
 *
 * @throws ChangeRefusal
 */
export function requireAllowed(
  given: Omit<ChangeState, 'tenants'>,
  releases: readonly FoundRelease[],
  edits: readonly BumpEdit[],
  { version, at }: { version: string; at: Date },
): void {
  const state = { ...given, tenants: [] };
  if (edits.length === 0) return;
  requirePolicy(state);
  const bad = badVersionText(state, version);
  if (bad !== undefined) throw new ChangeRefusal(bad, 'BAD_VERSION');
  for (const moved of edits.flatMap(edit => edit.releases)) {
    const facts = releases.find(release => isSameRelease(release, moved))?.facts;
    const tenant = { tier: facts?.tier ?? '', ring: facts?.ring ?? -1 };
    const freeze = freezeOf(moved.tenant, [tenant], [state.policy], at);
    if (freeze) {
      const words = `${moved.tenant} is frozen until ${freeze.until}: ${shorten(freeze.reason)}`;
      throw new ChangeRefusal(words, 'FROZEN');
    }
  }
}
