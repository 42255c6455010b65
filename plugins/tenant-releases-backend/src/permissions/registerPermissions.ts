import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  tenantOnboardPermission,
  tenantReleasesPermissions,
} from '@internal/plugin-tenant-releases-common';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { isTenantOwner, tenantReleaseResourceRef } from '@internal/plugin-tenant-releases-node';

/** Makes the plugin's permissions and rule known to the permission system. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  board: ReleaseBoard,
): void {
  registry.addPermissions([tenantOnboardPermission]);
  registry.addResourceType({
    resourceRef: tenantReleaseResourceRef,
    permissions: tenantReleasesPermissions.filter(
      permission => permission !== tenantOnboardPermission,
    ),
    rules: [isTenantOwner],
    getResources: async tenants =>
      tenants.map(tenant => {
        const [ref] = board.ofTenant(tenant);
        return ref && board.resource(ref);
      }),
  });
}
