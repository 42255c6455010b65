import { mockServices } from '@backstage/backend-test-utils';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { tenantReleasesPermissions } from '@internal/plugin-tenant-releases-common';
import { tenantReleaseResourceRef } from '@internal/plugin-tenant-releases-node';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { registerPermissions } from './registerPermissions';

describe('registerPermissions', () => {
  const registry = mockServices.permissionsRegistry.mock();
  const board = {
    ofTenant: (tenant: string) =>
      tenant.startsWith('tenant-') ? [{ tenant }, { tenant: 'another service' }] : [],
    resource: ({ tenant }: { tenant: string }) => ({ tenant, owner: `owner of ${tenant}` }),
  } as unknown as ReleaseBoard;
  registerPermissions(registry, board);
  const [[plain]] = registry.addPermissions.mock.calls;
  const [[type]] = registry.addResourceType.mock.calls;

  it('makes every permission known once: those of a release with its type, the rest without', () => {
    const ofRelease = type.permissions ?? [];
    expect([...plain, ...ofRelease].sort(byName)).toEqual(
      [...tenantReleasesPermissions].sort(byName),
    );
    expect(plain.filter(permission => isResourcePermission(permission))).toEqual([]);
    expect(ofRelease.every(permission => isResourcePermission(permission))).toBe(true);
    expect(type.resourceRef).toBe(tenantReleaseResourceRef);
    expect(type.rules.map(({ name }) => name)).toEqual(['IS_TENANT_OWNER']);
  });

  it('answers the owners of tenants, and nothing for none, in the order of the question', async () => {
    expect(await type.getResources?.(['tenant-b', 'nobody', 'tenant-a'])).toEqual([
      { tenant: 'tenant-b', owner: 'owner of tenant-b' },
      undefined,
      { tenant: 'tenant-a', owner: 'owner of tenant-a' },
    ]);
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
