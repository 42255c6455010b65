import { portalName, type FoundRelease } from '@internal/gitops';
import { tenantNameProblem, type LeftOut } from '@internal/plugin-tenant-releases-common';
import { fileLeftOut } from '../strangers';
import { EntryTable } from './EntryTable';
import { environmentOf } from './layoutEntry';

/** A DNS label (RFC 1035), with room for what is derived from it. Characters. */
const maxTenant = 40;
const maxService = 63;

/** A release with the names that it has in addresses, in the catalog and in Kubernetes. */
export interface NamedRelease {
  release: FoundRelease;
  tenant: string;
  service: string;
  environment?: string;
}

/** The name that a tenant of the repository has in the portal. */
export function tenantName(name: string): string {
  return portalName(name, maxTenant);
}

/**
 * Gives each release its names. Two tenants that would have one name are not mixed: the one that is called so stays, or the first,
 * and the other is left out; so with the services of a tenant.
 */
export function chooseNames(releases: readonly FoundRelease[]): {
  named: NamedRelease[];
  leftOut: LeftOut[];
} {
  const owners = new Map<string, string>();
  const named: NamedRelease[] = [];
  const leftOut: LeftOut[] = [];
  const all = releases.map(release => {
    const environment = environmentOf(release);
    return {
      release,
      tenant: tenantName(release.tenant),
      service: portalName(release.service, maxService),
      ...(environment === undefined ? {} : { environment }),
    };
  });
  const isExact = ({ release, tenant, service }: NamedRelease) =>
    release.tenant === tenant && release.service === service;
  const isOwner = (name: string, raw: string) => {
    if (!owners.has(name)) owners.set(name, raw);
    return owners.get(name) === raw;
  };
  for (const { release, tenant } of all) if (release.tenant === tenant) isOwner(tenant, tenant);
  for (const one of [...all.filter(isExact), ...all.filter(each => !isExact(each))]) {
    const { release, tenant } = one;
    const problem = tenantNameProblem(tenant)?.replace(/^name: /, '');
    const key = EntryTable.keyOf(one);
    if (problem) {
      leftOut.push(
        fileLeftOut(release.file, `Its tenant's name ${problem}: name it otherwise by the layout.`),
      );
    } else if (!isOwner(tenant, release.tenant) || !isOwner(key, release.service)) {
      leftOut.push(
        fileLeftOut(
          release.file,
          `${release.tenant}/${release.service} and another have one name in addresses and in Kubernetes, ${key}: name one of them otherwise by the layout.`,
        ),
      );
    } else named.push(one);
  }
  return { named, leftOut };
}
