import { isDeepStrictEqual } from 'node:util';
import { freezeFor } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { type Freeze } from '@internal/plugin-tenant-releases-common';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { type TenantFile } from '../tenantFile/tenantFile';
import { finding, type Finding } from './finding';
import { defaultPlaces, pathIn, type TreePlaces } from '../layout/ownTree';
import { tenantState } from '../blast/tenantState';
import type { BaseState, FormerTenant } from './baseState';
import { placeIn } from './placeIn';
import { badVersionFindings, endOfFreeze, unknownPolicyFindings } from './policyFindings';
import type { Tenant } from './tenants';

/** What to do about a roll-back in a freeze. */
export const passesFreeze =
  'see that the tenant had this version before: a freeze lets roll-backs pass, and nothing else';

/** What holds, freezes and the list of bad versions have against the tenants of a tree. */
export function releaseFindings(
  tenants: readonly Tenant[],
  policy: ReleasePolicy,
  at: Date,
  base?: BaseState,
  places: TreePlaces = defaultPlaces,
): Finding[] {
  const { policyPath } = places;
  // What a pull request does to the rules does not help itself: the rules of the branch count as well.
  const policies = base ? [policy, base.policy] : [policy];
  const found = tenants.flatMap(tenant => {
    if (!tenant.file) return [];
    const former = base?.former.get(tenant.name);
    const isChanged = base === undefined || base.changed.has(tenant.name);
    return [
      ...held(tenant, tenant.file),
      ...badVersionFindings(
        atTag(tenant),
        tenant.file.image.tag,
        policies,
        isChanged && tagOf(former) !== tenant.file.image.tag,
        policyPath,
      ),
      ...(former ? frozen(tenant, tenant.file, former, policies, at, policyPath) : []),
    ];
  });
  if (!base) return found;
  return [
    ...found,
    ...removed(tenants, base, policies, at, places),
    ...unknownPolicyFindings(base.policyProblem, base.changed.size > 0, policyPath),
  ];
}

function tagOf(former: FormerTenant | undefined): unknown {
  return former?.image.tag;
}

function atTag({ path, text }: Tenant) {
  return { file: path, ...placeIn(text, ['image', 'tag']), key: 'image.tag' };
}

function held(tenant: Tenant, { tenant: { hold }, image }: TenantFile): Finding[] {
  if (!hold || hold.version === image.tag) return [];
  return [
    finding({
      rule: 'held',
      ...atTag(tenant),
      problem: `is ${image.tag}, but the tenant is held at ${hold.version} by ${shorten(
        hold.by,
        60,
      )} (${shorten(hold.reason)})`,
      cure: `set it to ${hold.version}, or release the hold by removing tenant.hold`,
    }),
  ];
}

function frozen(
  tenant: Tenant,
  file: TenantFile,
  former: FormerTenant,
  policies: ReleasePolicy[],
  at: Date,
  policyPath: string,
): Finding[] {
  // Moving to another ring or tier does not end a freeze either.
  const freeze = freezeOf(tenant.name, [file.tenant, former.tenant], policies, at);
  if (!freeze) return [];
  const key = changedKey(former.image, file.image);
  if (isHeldAnew(file, former)) {
    return [
      finding({
        rule: 'frozen',
        severity: 'warning',
        ...atTag(tenant),
        problem: `is rolled back to ${
          file.image.tag
        } and held there while the tenant is frozen until ${freeze.until} (${shorten(
          freeze.reason,
        )})`,
        cure: passesFreeze,
      }),
    ];
  }
  return [
    finding({
      rule: 'frozen',
      severity: key === undefined ? 'warning' : 'error',
      file: tenant.path,
      ...(key === undefined
        ? {}
        : { ...placeIn(tenant.text, ['image', key]), key: `image.${key}` }),
      problem: `${
        key === undefined ? 'has changed settings' : 'changes'
      } while the tenant is frozen until ${freeze.until} (${shorten(freeze.reason)})`,
      cure: endOfFreeze(policyPath),
    }),
  ];
}

/** Whether a change is a roll-back as the portal makes it: another version, at which the tenant is held from now on. */
function isHeldAnew({ tenant: { hold }, image }: TenantFile, former: FormerTenant): boolean {
  const { tag, digest: _, ...rest } = image;
  const { tag: before, digest: __, ...others } = former.image;
  return (
    hold?.version === tag &&
    before !== tag &&
    isDeepStrictEqual(rest, others) &&
    tenantState(former.text).tenant.hold?.version !== tag
  );
}

/** The key of the image that differs; of several, the one that says most of what runs. */
function changedKey(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string | undefined {
  const keys = new Set(['tag', 'repository', 'digest', ...Object.keys({ ...before, ...after })]);
  return [...keys].find(key => !isDeepStrictEqual(before[key], after[key]));
}

function removed(
  tenants: readonly Tenant[],
  { former, changed }: BaseState,
  policies: ReleasePolicy[],
  at: Date,
  places: TreePlaces,
): Finding[] {
  const here = new Set(tenants.map(({ name }) => name));
  return [...former].flatMap(([name, { tenant }]) => {
    const freeze =
      here.has(name) || !changed.has(name) ? undefined : freezeOf(name, [tenant], policies, at);
    if (!freeze) return [];
    return finding({
      rule: 'frozen',
      file: pathIn(places, name),
      problem: `is removed while the tenant is frozen until ${freeze.until} (${shorten(
        freeze.reason,
      )})`,
      cure: endOfFreeze(places.policyPath),
    });
  });
}

/** The freeze of a tenant by what it is now, or was. */
export function freezeOf(
  name: string,
  states: ReadonlyArray<{ tier: string; ring: number } | undefined>,
  policies: readonly ReleasePolicy[],
  at: Date,
): Freeze | undefined {
  return policies
    .flatMap(policy =>
      states.map(state =>
        freezeFor(policy, { name, tier: state?.tier ?? '', ring: state?.ring ?? -1 }, at),
      ),
    )
    .find(freeze => freeze !== undefined);
}
