import { badVersion } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { tagProblem, versionPattern } from '../tenantFile/tenantImage';
import { type ReleasePolicy } from '../policy/releasePolicy';
import type { Tenant } from '../check/tenants';
import type { TreePlaces } from '../layout/ownTree';
import { serviceOf } from './judgeTenant';
import type { BumpRequest } from './planBump';

/** Why a bump must not be done at all, for anybody; empty when it may. */
export function refusals(
  tenants: readonly Tenant[],
  policy: ReleasePolicy,
  { service, version, tenants: named = [], rings = [] }: BumpRequest,
  { policyPath }: TreePlaces,
): string[] {
  const found: string[] = [];
  const wrong = tagProblem(version);
  if (wrong || !versionPattern.test(version)) {
    const why = version.includes('+') && wrong ? `${wrong.problem}: ${wrong.cure}` : undefined;
    found.push(
      `${JSON.stringify(shorten(version, 60))} ${
        why ?? 'is no immutable image tag such as sha-1a2b3c4'
      }`,
    );
  }
  const bad = badVersion(policy, version);
  if (bad) {
    found.push(
      `${version} is on the list of bad versions in ${policyPath}: ${shorten(bad.reason)}`,
    );
  }
  const names = tenants.map(({ name }) => name);
  for (const name of named.filter(one => !names.includes(one))) {
    found.push(`There is no tenant ${shorten(name, 60)}: choose one of ${someOf(names)}`);
  }
  const known = new Set([
    ...policy.rings.map(({ ring }) => ring),
    ...tenants.flatMap(({ file }) => file?.tenant.ring ?? []),
  ]);
  for (const ring of new Set(rings.filter(one => known.size > 0 && !known.has(one)))) {
    const choice = someOf([...known].sort((one, other) => one - other).map(String));
    found.push(`There is no ring ${ring}: choose one of ${choice}`);
  }
  const services = new Set(tenants.flatMap(({ file }) => (file ? serviceOf(file) : [])));
  if (services.size > 0 && !services.has(service)) {
    found.push(`No tenant runs ${shorten(service, 60)}: choose one of ${someOf([...services])}`);
  }
  return found;
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
