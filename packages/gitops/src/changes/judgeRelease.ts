import type { ChangeCode } from '@internal/plugin-tenant-releases-common';
import { freezeOf } from '../check/releaseRules';
import type { FoundRelease } from '../doctor/release';
import { parseVersion } from '../locate/version';
import type { ReleasePolicy } from '../policy/releasePolicy';
import { ringTitle } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { waitsFor } from './judgeTenant';

/** What a move is judged by. */
export interface Judgement {
  at: Date;
  isBound: boolean;
  isRollback: boolean;
  isHolding: boolean;
}

/** Why a release stays as it is, in the words of our own layout. */
export function whyNot(
  release: FoundRelease,
  wanted: string,
  { policy, releases }: { policy: ReleasePolicy; releases: readonly FoundRelease[] },
  { at, isBound, isRollback, isHolding }: Judgement,
): readonly [ChangeCode, string] | undefined {
  const { hold, ring } = release.facts;
  const { version, digest } = parseVersion(wanted);
  const isThere =
    release.version === version && (digest === undefined || release.digest === digest);
  if (isThere && (!isHolding || hold?.version === wanted)) {
    return ['NOTHING_TO_CHANGE', `has ${wanted} already${hold ? ', held' : ''}`];
  }
  if (isRollback) return undefined;
  if (hold && hold.version !== wanted) return ['HELD', heldWords(release)];
  const state = { tier: release.facts.tier ?? '', ring: ring ?? -1 };
  const freeze = freezeOf(release.tenant, [state], [policy], at);
  if (freeze) return ['FROZEN', `is frozen until ${freeze.until}: ${shorten(freeze.reason)}`];
  const earlier =
    isBound && ring !== undefined
      ? releases.find(
          ({ facts, service, version: has }) =>
            service === release.service &&
            facts.ring !== undefined &&
            facts.ring < ring &&
            !facts.hold &&
            has !== version,
        )
      : undefined;
  if (!earlier) return undefined;
  const title = ringTitle(policy, earlier.facts.ring ?? 0);
  return ['RING_ORDER', waitsFor(title, wanted)];
}

/** Why a release stays at its version, in the words of our own layout. */
export function heldWords({ facts: { hold }, version }: FoundRelease): string {
  const who = hold?.by === undefined ? '' : ` by ${shorten(hold.by, 60)}`;
  return `is held at ${hold?.version ?? version}${who}: ${shorten(hold?.reason ?? '')}`;
}
