import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_TENANT_RELEASE,
  RESOURCE_TYPE_TENANT_SERVICE,
  tenantReleasesPermissions,
} from '@internal/plugin-tenant-releases-common';
import {
  isServiceOwner,
  isTenantOwner,
  tenantReleaseResourceRef,
  tenantServiceResourceRef,
} from '@internal/plugin-tenant-releases-node';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ServiceOwners } from './ServiceOwners';

/** Makes the plugin's permissions and rules known to the permission system. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  board: ReleaseBoard,
  owners: Pick<ServiceOwners, 'resource'>,
): void {
  registry.addPermissions(
    tenantReleasesPermissions.filter(permission => !isResourcePermission(permission)),
  );
  registry.addResourceType({
    resourceRef: tenantReleaseResourceRef,
    permissions: tenantReleasesPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_TENANT_RELEASE),
    ),
    rules: [isTenantOwner],
    getResources: async tenants =>
      tenants.map(tenant => {
        const [ref] = board.ofTenant(tenant);
        return ref && board.resource(ref);
      }),
  });
  registry.addResourceType({
    resourceRef: tenantServiceResourceRef,
    permissions: tenantReleasesPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_TENANT_SERVICE),
    ),
    rules: [isServiceOwner],
    getResources: services => Promise.all(services.map(service => owners.resource(service))),
  });
}
