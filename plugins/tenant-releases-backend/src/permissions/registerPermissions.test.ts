import { mockServices } from '@backstage/backend-test-utils';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { tenantReleasesPermissions } from '@internal/plugin-tenant-releases-common';
import {
  tenantReleaseResourceRef,
  tenantServiceResourceRef,
} from '@internal/plugin-tenant-releases-node';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { registerPermissions } from './registerPermissions';

describe('registerPermissions', () => {
  const registry = mockServices.permissionsRegistry.mock();
  const board = {
    ofTenant: (tenant: string) =>
      tenant.startsWith('tenant-') ? [{ tenant }, { tenant: 'another service' }] : [],
    resource: ({ tenant }: { tenant: string }) => ({ tenant, owner: `owner of ${tenant}` }),
  } as unknown as ReleaseBoard;
  registerPermissions(registry, board, {
    resource: async service => ({ service, owners: [`owner of ${service}`] }),
  });
  const [[plain]] = registry.addPermissions.mock.calls;
  const [[type], [services]] = registry.addResourceType.mock.calls;

  it('makes every permission known once: those of a release and of a service with its type, the rest without', () => {
    const ofRelease = [...(type.permissions ?? []), ...(services.permissions ?? [])];
    expect([...plain, ...ofRelease].sort(byName)).toEqual(
      [...tenantReleasesPermissions].sort(byName),
    );
    expect(plain.filter(permission => isResourcePermission(permission))).toEqual([]);
    expect(ofRelease.every(permission => isResourcePermission(permission))).toBe(true);
    expect(type.resourceRef).toBe(tenantReleaseResourceRef);
    expect(type.rules.map(({ name }) => name)).toEqual(['IS_TENANT_OWNER']);
    expect(services.resourceRef).toBe(tenantServiceResourceRef);
    expect(services.rules.map(({ name }) => name)).toEqual(['IS_SERVICE_OWNER']);
  });

  it('answers the owners of tenants, and nothing for none, in the order of the question', async () => {
    expect(await type.getResources?.(['tenant-b', 'nobody', 'tenant-a'])).toEqual([
      { tenant: 'tenant-b', owner: 'owner of tenant-b' },
      undefined,
      { tenant: 'tenant-a', owner: 'owner of tenant-a' },
    ]);
  });

  it('answers the owners of services', async () => {
    expect(await services.getResources?.(['demo-api'])).toEqual([
      { service: 'demo-api', owners: ['owner of demo-api'] },
    ]);
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
