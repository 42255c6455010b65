import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import type { Release } from '@internal/plugin-tenant-releases-common';
import {
  ANNOTATION_CONTACT,
  ANNOTATION_SERVICES,
  ANNOTATION_TENANT,
  contactLink,
} from './tenantEntity';

/** What is asked of each release; `links.values` is the file in Git that names it. */
export const releaseFields = [
  'displayName',
  'tier',
  'ring',
  'ringName',
  'owner',
  'contact',
  'links',
] as const satisfies ReadonlyArray<keyof Release>;

/** A release as a list answers it. */
export type ListedRelease = Partial<Pick<Release, (typeof releaseFields)[number]>> &
  Pick<Release, 'tenant' | 'service'>;

/** Backstage wants an owner of each Resource. Nobody owns what belongs to this group, which there need not be. */
const nobody = 'unknown';

/**
 * The entities of tenants whose releases are found by layouts: one a tenant, whatever services and environments it has.
 * What the repository does not say of a tenant its entity does not say either. Releases that no file in Git names are
 * left out.
 */
export function releaseEntities(releases: readonly ListedRelease[]): ResourceEntity[] {
  const tenants = new Map<string, ListedRelease[]>();
  for (const release of releases) {
    if (!release.links?.values) continue;
    tenants.set(release.tenant, [...(tenants.get(release.tenant) ?? []), release]);
  }
  return [...tenants.values()].map(entityOf);
}

/** A channel or a name is no link; it is told by its annotation. */
function isMail(contact: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(contact);
}

function entityOf(releases: readonly ListedRelease[]): ResourceEntity {
  const [{ tenant, displayName, tier, ring = -1, ringName, owner, contact, links }] = releases;
  const services = [...new Set(releases.map(({ service }) => service))].sort();
  const location = `url:${links?.values}`;
  const place = [tier && `of the ${tier} tier`, ring >= 0 && `in ring ${ringName ?? ring}`].filter(
    Boolean,
  );
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: tenant,
      ...(displayName ? { title: displayName } : {}),
      description: `${['Tenant', ...place].join(' ')}, runs ${services.join(', ')}`,
      labels: {
        ...(tier ? { 'tenant-releases.io/tier': tier } : {}),
        ...(ring >= 0 ? { 'tenant-releases.io/ring': String(ring) } : {}),
      },
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_TENANT]: tenant,
        [ANNOTATION_SERVICES]: services.join(','),
        ...(contact ? { [ANNOTATION_CONTACT]: contact } : {}),
      },
      ...(contact && isMail(contact) ? { links: [contactLink(contact)] } : {}),
    },
    spec: { type: 'tenant', owner: owner || nobody },
  };
}
