import type { FoundRelease } from '../../doctor/release';
import type { ReleasePolicy } from '../../policy/releasePolicy';
import { withPolicyHolds } from '../../policy/policyHolds';
import { shorten } from '../../text/shorten';
import { finding, type Finding } from '../finding';
import { badVersionFindings, endOfFreeze, unknownPolicyFindings } from '../policyFindings';
import { freezeOf, passesFreeze } from '../releaseRules';
import { keyOf } from './applicationRules';
import type { LayoutCheckOptions } from './checkLayouts';

/** What holds, freezes and the list of bad versions have against releases. */
export function releaseFindings(
  examined: readonly FoundRelease[],
  options: Pick<LayoutCheckOptions, 'policy' | 'policyPath' | 'at' | 'base'>,
): Finding[] {
  const { base, policy, policyPath, at } = options;
  // What a pull request does to the rules does not help itself: the rules of the branch count as well.
  const policies = base ? [policy, base.policy] : [policy];
  const releases = withPolicyHolds(examined, policy);
  const earlier = base ? withPolicyHolds(base.state.releases, base.policy) : [];
  const former = new Map(earlier.map(one => [keyOf(one), one]));
  const found = releases.flatMap(release => {
    const before = former.get(keyOf(release));
    const isNew = before?.version !== release.version;
    return [
      ...held(release),
      ...badVersionFindings(place(release), release.version, policies, isNew, policyPath),
      ...(before && isOther(before, release) ? frozen(release, before, options, policies) : []),
    ];
  });
  if (!base) return found;
  const now = new Set(releases.map(keyOf));
  const gone = base.state.releases.filter(release => !now.has(keyOf(release)));
  const isChanged =
    gone.length > 0 || releases.some(release => isOther(former.get(keyOf(release)), release));
  return [
    ...found,
    ...gone.flatMap(release => frozenRemoval(release, policies, at, policyPath)),
    ...unknownPolicyFindings(base.policyProblem, isChanged, policyPath),
  ];
}

function isOther(before: FoundRelease | undefined, { version, digest }: FoundRelease): boolean {
  return before?.version !== version || before.digest !== digest;
}

function place({ file, line, locator }: FoundRelease) {
  return { file, line, key: locator };
}

function held(release: FoundRelease): Finding[] {
  const { facts, version } = release;
  const { hold } = facts;
  if (!hold || hold.version === version) return [];
  return [
    finding({
      rule: 'held',
      ...place(release),
      problem: `is ${version}, but the tenant ${release.tenant} is held at ${hold.version}${
        hold.by === undefined ? '' : ` by ${shorten(hold.by, 60)}`
      } (${shorten(hold.reason)})`,
      cure: `set it to ${hold.version}, or release the hold`,
    }),
  ];
}

function stateOf({ facts }: FoundRelease) {
  return { tier: facts.tier ?? '', ring: facts.ring ?? -1 };
}

function frozen(
  release: FoundRelease,
  before: FoundRelease,
  { at, policyPath }: Pick<LayoutCheckOptions, 'at' | 'policyPath'>,
  policies: readonly ReleasePolicy[],
): Finding[] {
  // Moving to another ring or tier does not end a freeze either.
  const freeze = freezeOf(release.tenant, [stateOf(release), stateOf(before)], policies, at);
  if (!freeze) return [];
  // A roll-back as the portal makes it: another version, at which the release is held from now on.
  const isHeldAnew = (one: FoundRelease) => one.facts.hold?.version === release.version;
  if (isHeldAnew(release) && !isHeldAnew(before)) {
    return [
      finding({
        rule: 'frozen',
        severity: 'warning',
        ...place(release),
        problem: `is rolled back to ${release.version} and held there while the tenant ${
          release.tenant
        } is frozen until ${freeze.until} (${shorten(freeze.reason)})`,
        cure: passesFreeze,
      }),
    ];
  }
  return [
    finding({
      rule: 'frozen',
      ...place(release),
      problem: `changes while the tenant ${release.tenant} is frozen until ${
        freeze.until
      } (${shorten(freeze.reason)})`,
      cure: endOfFreeze(policyPath),
    }),
  ];
}

function frozenRemoval(
  release: FoundRelease,
  policies: readonly ReleasePolicy[],
  at: Date,
  policyPath: string,
): Finding[] {
  const freeze = freezeOf(release.tenant, [stateOf(release)], policies, at);
  if (!freeze) return [];
  return [
    finding({
      rule: 'frozen',
      file: release.file,
      problem: `no longer wants ${release.service} of the tenant ${
        release.tenant
      }, which is frozen until ${freeze.until} (${shorten(freeze.reason)})`,
      cure: endOfFreeze(policyPath),
    }),
  ];
}
