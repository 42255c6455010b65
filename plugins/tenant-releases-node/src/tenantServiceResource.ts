import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_TENANT_SERVICE } from '@internal/plugin-tenant-releases-common';

/** What permission rules know of a service. Its resource ref is the service's name. */
export interface TenantServiceResource {
  service: string;
  /** Entity refs of who owns its Component in the catalog; none when there is no such Component. */
  owners: readonly string[];
}

/** Reference to the resource type of services. */
export const tenantServiceResourceRef = createPermissionResourceRef<
  TenantServiceResource,
  { owners: string[] }
>().with({ pluginId: 'tenant-releases', resourceType: RESOURCE_TYPE_TENANT_SERVICE });
