import { isDeepStrictEqual } from 'node:util';
import { badVersion, freezeFor } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { type Freeze } from '@internal/plugin-tenant-releases-common';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { type TenantFile } from '../tenantFile/tenantFile';
import { finding, type Finding } from './finding';
import { defaultPlaces, pathIn, type TreePlaces } from '../layout/ownTree';
import type { BaseState, FormerTenant } from './baseState';
import { placeIn } from './placeIn';
import type { Tenant } from './tenants';

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
      ...bad(
        tenant,
        tenant.file,
        policies,
        isChanged && tagOf(former) !== tenant.file.image.tag,
        policyPath,
      ),
      ...(former ? frozen(tenant, tenant.file, former, policies, at, policyPath) : []),
    ];
  });
  if (!base) return found;
  return [...found, ...removed(tenants, base, policies, at, places), ...unknown(base, policyPath)];
}

/** Nobody knows whether a change is allowed while the rules of the branch cannot be read. */
function unknown({ policyProblem, changed }: BaseState, file: string): Finding[] {
  if (policyProblem === undefined) return [];
  return [
    finding({
      rule: 'policy',
      // A pull request that corrects the policy, and nothing else, has to pass.
      severity: changed.size > 0 ? 'error' : 'warning',
      file,
      problem: `cannot be read on the branch that this is compared with (${shorten(
        policyProblem,
      )}): nobody knows what is frozen or bad`,
      cure: 'correct the policy there first, in a pull request of its own',
    }),
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

function bad(
  tenant: Tenant,
  { image }: TenantFile,
  policies: ReleasePolicy[],
  isNew: boolean,
  policyPath: string,
): Finding[] {
  const entry = policies
    .map(policy => badVersion(policy, image.tag))
    .find(one => one !== undefined);
  if (!entry) return [];
  return [
    finding({
      rule: 'bad-version',
      // Who puts a version on the list does not have to roll everybody back in the same pull request.
      severity: isNew ? 'error' : 'warning',
      ...atTag(tenant),
      problem: `is ${image.tag}, which is on the list of bad versions (${shorten(entry.reason)})`,
      cure: `choose another version; the list is badVersions in ${policyPath}`,
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
      cure: `wait, or end the freeze first, in a pull request of its own on ${policyPath}`,
    }),
  ];
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
      cure: `wait, or end the freeze first, in a pull request of its own on ${places.policyPath}`,
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
