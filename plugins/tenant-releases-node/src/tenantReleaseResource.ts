import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_TENANT_RELEASE } from '@internal/plugin-tenant-releases-common';

/** What permission rules know of a release. Its resource ref is the tenant's name. */
export interface TenantReleaseResource {
  tenant: string;
  /** Entity ref of the owning group; absent when no tenant file names one. */
  owner?: string;
}

/** What a rule becomes in a query. */
export interface TenantReleaseFilter {
  /** Entity refs, one of which must be the owner. */
  owners: string[];
}

/** Reference to the resource type of releases. */
export const tenantReleaseResourceRef = createPermissionResourceRef<
  TenantReleaseResource,
  TenantReleaseFilter
>().with({ pluginId: 'tenant-releases', resourceType: RESOURCE_TYPE_TENANT_RELEASE });
