import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { isAllowed, tenantOnboardPermission } from '@internal/plugin-tenant-releases-common';

/**
 * Makes sure that the person who started the task may onboard tenants.
 *
 * @throws NotAllowedError
 */
export async function requireOnboardPermission(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize([{ permission: tenantOnboardPermission }], {
    credentials,
  });
  if (!isAllowed(decision)) {
    throw new NotAllowedError(`You may not onboard tenants (${tenantOnboardPermission.name})`);
  }
}
