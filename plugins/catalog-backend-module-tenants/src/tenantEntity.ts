import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import type { GitopsConfig, TenantFile } from '@internal/gitops';

/** Why a tenant's file cannot be read: sentences, joined by "; ". Absent while it can. */
export const ANNOTATION_FILE_ERROR = 'tenant-releases.io/file-error';

/** Names the tenant of an entity; frontend and backend find tenants by it. */
export const ANNOTATION_TENANT = 'tenant-releases.io/tenant';

/** How the people of a tenant are reached, as its repository says. */
export const ANNOTATION_CONTACT = 'tenant-releases.io/contact';

/**
 * Names of the services that a tenant runs, joined by commas. A relation would stand in the service's entity, too, which
 * is read by people who must not know of the tenant.
 */
export const ANNOTATION_SERVICES = 'tenant-releases.io/services';

/**
 * The catalog entity of a tenant.
 *
 * @param path - of the tenant's file, from the repository's root
 * @param services - names of the services that the tenant runs, at least one
 */
export function tenantEntity(options: {
  file: TenantFile;
  path: string;
  services: string[];
  gitops: GitopsConfig;
}): ResourceEntity {
  const { tenant } = options.file;
  const { file, path, services, gitops } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: tenant.name,
      title: tenant.displayName,
      description: `Tenant of the ${tenant.tier} tier in ring ${tenant.ring}, runs ${services.join(
        ', ',
      )}`,
      labels: {
        'tenant-releases.io/tier': tenant.tier,
        'tenant-releases.io/ring': String(tenant.ring),
      },
      tags: [tenant.tier, `ring-${tenant.ring}`, ...(file.tenant.hold ? ['held'] : [])],
      annotations: {
        ...fileAnnotations(path, gitops),
        [ANNOTATION_TENANT]: tenant.name,
        [ANNOTATION_SERVICES]: services.join(','),
        'argocd/app-name': tenant.name,
        'backstage.io/kubernetes-id': services[0],
        'backstage.io/kubernetes-namespace': tenant.name,
        // Wins over kubernetes-id, whose label every tenant's pods carry.
        'backstage.io/kubernetes-label-selector': `tenant-releases.io/tenant=${tenant.name}`,
      },
      links: [contactLink(tenant.contact)],
    },
    spec: { type: 'tenant', owner: tenant.owner },
  };
}

/** A link to a mail address. */
export function contactLink(address: string) {
  const url = `mailto:${encodeURIComponent(address).replace('%40', '@')}`;
  return { url, title: 'Contact', icon: 'email' };
}

/** Annotations that every entity has: where its file is. */
export function fileAnnotations(path: string, gitops: GitopsConfig): Record<string, string> {
  const location = `url:${gitops.fileUrl(path)}`;
  return { [ANNOTATION_LOCATION]: location, [ANNOTATION_ORIGIN_LOCATION]: location };
}
