import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
} from '@backstage/plugin-catalog-common/alpha';
import { createPermission, type Permission } from '@backstage/plugin-permission-common';
import {
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  changeCreatePermission,
  logsReadPermission,
  releaseReadPermission,
  telemetryReadPermission,
  tenantOffboardPermission,
  tenantOnboardPermission,
} from '@internal/plugin-tenant-releases-common';
import { TenantPermissionPolicy } from './TenantPermissionPolicy';

const kubernetesProxy = createPermission({ name: 'kubernetes.proxy', attributes: {} });
const kubernetesRead = createPermission({ name: 'kubernetes.resources.read', attributes: {} });
const unheardOf = createPermission({ name: 'new-plugin.everything', attributes: {} });

const people: Record<string, string[]> = {
  'user:default/ada': ['user:default/ada', 'group:default/platform'],
  'user:default/otto': ['user:default/otto', 'group:default/tenant-a-owners'],
  'user:default/dev': ['user:default/dev', 'group:default/developers'],
};

async function decide(permission: Permission, userEntityRef?: string) {
  const policy = new TenantPermissionPolicy(['group:default/platform'], {
    getUserInfo: async () => ({
      userEntityRef: userEntityRef!,
      ownershipEntityRefs: people[userEntityRef!],
    }),
  });
  return policy.handle(
    { permission },
    userEntityRef
      ? {
          credentials: mockCredentials.user(userEntityRef),
          info: { userEntityRef, ownershipEntityRefs: [] },
        }
      : undefined,
  );
}

describe('TenantPermissionPolicy', () => {
  it.each([
    [releaseReadPermission, 'CONDITIONAL'],
    [telemetryReadPermission, 'CONDITIONAL'],
    [logsReadPermission, 'CONDITIONAL'],
    [changeCreatePermission, 'CONDITIONAL'],
    [tenantOnboardPermission, 'DENY'],
    [tenantOffboardPermission, 'DENY'],
    [catalogEntityReadPermission, 'CONDITIONAL'],
    [catalogEntityRefreshPermission, 'CONDITIONAL'],
    [catalogEntityDeletePermission, 'DENY'],
    [catalogLocationCreatePermission, 'DENY'],
    [taskCreatePermission, 'ALLOW'],
    [taskReadPermission, 'CONDITIONAL'],
    [templateDryRunPermission, 'DENY'],
    [kubernetesProxy, 'DENY'],
    [kubernetesRead, 'DENY'],
    [unheardOf, 'DENY'],
  ])(
    '%s: everything for platform, nothing for anonymous, ownership decides otherwise',
    async (permission, result) => {
      expect(await decide(permission, 'user:default/ada')).toEqual({ result: 'ALLOW' });
      expect(await decide(permission)).toEqual({ result: 'DENY' });
      expect(await decide(permission, 'user:default/otto')).toMatchObject({ result });
      expect(await decide(permission, 'user:default/dev')).toMatchObject({ result });
    },
  );

  it('hands the claims of the caller to the rule of a release', async () => {
    expect(await decide(releaseReadPermission, 'user:default/otto')).toMatchObject({
      pluginId: 'tenant-releases',
      resourceType: 'tenant-release',
      conditions: {
        rule: 'IS_TENANT_OWNER',
        params: { claims: ['user:default/otto', 'group:default/tenant-a-owners'] },
      },
    });
  });

  it('shows entities that are no tenants to everyone, tenants to their owners', async () => {
    expect(await decide(catalogEntityReadPermission, 'user:default/otto')).toMatchObject({
      conditions: {
        anyOf: [
          { rule: 'IS_ENTITY_OWNER', params: { claims: people['user:default/otto'] } },
          { not: { rule: 'HAS_SPEC', params: { key: 'type', value: 'tenant' } } },
        ],
      },
    });
  });
});
