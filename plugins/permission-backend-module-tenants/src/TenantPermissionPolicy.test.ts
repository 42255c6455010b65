import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
} from '@backstage/plugin-catalog-common/alpha';
import { createPermission, type Permission } from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  changeCreatePermission,
  fleetReadPermission,
  logsReadPermission,
  releaseReadPermission,
  serviceReadPermission,
  serviceTenantsReadPermission,
  telemetryReadPermission,
  tenantOffboardPermission,
  tenantOnboardPermission,
} from '@internal/plugin-tenant-releases-common';
import type { AccessConfig } from './readAccessConfig';
import { TenantPermissionPolicy } from './TenantPermissionPolicy';

const kubernetesProxy = createPermission({ name: 'kubernetes.proxy', attributes: {} });
const kubernetesRead = createPermission({ name: 'kubernetes.resources.read', attributes: {} });
const unheardOf = createPermission({ name: 'new-plugin.everything', attributes: {} });

const people: Record<string, string[]> = {
  'user:default/ada': ['user:default/ada', 'group:default/platform'],
  'user:default/otto': ['user:default/otto', 'group:default/tenant-a-owners'],
  'user:default/vera': ['user:default/vera', 'group:default/support'],
  'user:default/dev': ['user:default/dev', 'group:default/developers'],
  'user:default/carl': [],
};

async function decide(
  permission: Permission,
  userEntityRef?: string,
  serviceOwners: AccessConfig['serviceOwners'] = 'numbers',
) {
  const policy = new TenantPermissionPolicy({
    access: {
      platformGroups: ['group:default/platform'],
      viewerGroups: ['group:default/support'],
      visibleGroups: ['group:default/developers'],
      serviceOwners,
    },
    memberships: { claimsOf: async ref => people[ref] },
    people: {
      visibleTo: async ({ claims, visibleGroups }) => ({
        uids: [...claims, ...visibleGroups].map(ref => `uid of ${ref}`),
      }),
    },
    auth: mockServices.auth(),
  });
  return policy.handle(
    { permission },
    userEntityRef
      ? {
          credentials: mockCredentials.user(userEntityRef),
          // What was true at the sign-in is not asked.
          info: { userEntityRef, ownershipEntityRefs: ['group:default/platform'] },
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
    [fleetReadPermission, 'DENY'],
    [serviceReadPermission, 'CONDITIONAL'],
    [serviceTenantsReadPermission, 'DENY'],
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
      expect(await decide(permission, 'user:default/carl')).toEqual({ result: 'DENY' });
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

  it.each([
    ['nothing', 'DENY', 'DENY'],
    ['numbers', 'CONDITIONAL', 'DENY'],
    ['names', 'CONDITIONAL', 'CONDITIONAL'],
  ] as const)('shows owners of a service %s of its tenants', async (setting, numbers, names) => {
    const dev = 'user:default/dev';
    expect((await decide(serviceReadPermission, dev, setting)).result).toBe(numbers);
    const decision = await decide(serviceTenantsReadPermission, dev, setting);
    expect(decision.result).toBe(names);
    if (names === 'DENY') return;
    expect(decision).toMatchObject({
      resourceType: 'tenant-service',
      conditions: { rule: 'IS_SERVICE_OWNER', params: { claims: people[dev] } },
    });
  });

  it.each([fleetReadPermission, serviceReadPermission, serviceTenantsReadPermission])(
    'shows viewers what is about all tenants: %s',
    async permission => {
      expect(await decide(permission, 'user:default/vera', 'nothing')).toEqual({ result: 'ALLOW' });
    },
  );

  it('shows owners the groups of what they see', async () => {
    const decision = JSON.stringify(await decide(catalogEntityReadPermission, 'user:default/otto'));
    for (const group of ['tenant-a-owners', 'platform', 'developers']) {
      expect(decision).toContain(`uid of group:default/${group}`);
    }
    expect(decision).not.toContain('support');
  });

  it.each([
    [catalogEntityReadPermission, { allOf: [{ rule: 'IS_ENTITY_KIND' }, { rule: 'HAS_SPEC' }] }],
    [releaseReadPermission, { rule: 'IS_TENANT_OWNER', params: { claims: [] } }],
    [telemetryReadPermission, { rule: 'IS_TENANT_OWNER', params: { claims: [] } }],
  ])('shows viewers every tenant that has an owner: %s', async (permission, not) => {
    expect(await decide(permission, 'user:default/vera')).toMatchObject({ conditions: { not } });
  });

  it.each([logsReadPermission, changeCreatePermission])(
    'lets viewers do no more than their ownership gives: %s',
    async permission => {
      expect(await decide(permission, 'user:default/vera')).toMatchObject({
        conditions: { rule: 'IS_TENANT_OWNER', params: { claims: people['user:default/vera'] } },
      });
    },
  );

  it('lets owners change their own tenants alone, and nobody but the platform offboard one', async () => {
    expect(await decide(changeCreatePermission, 'user:default/otto')).toMatchObject({
      conditions: { rule: 'IS_TENANT_OWNER', params: { claims: people['user:default/otto'] } },
    });
    const decisions = ['ada', 'otto', 'vera', 'dev', 'carl'].map(async name => {
      const { result } = await decide(tenantOffboardPermission, `user:default/${name}`);
      return `${name} ${result}`;
    });
    expect(await Promise.all(decisions)).toEqual([
      'ada ALLOW',
      'otto DENY',
      'vera DENY',
      'dev DENY',
      'carl DENY',
    ]);
  });

  it('takes no permission for one of the same name, but of another kind', async () => {
    // Who asks for a decision names the permission; a name alone opens nothing.
    for (const { name } of [
      releaseReadPermission,
      catalogEntityReadPermission,
      serviceTenantsReadPermission,
    ]) {
      const forged = createPermission({ name, attributes: { action: 'read' } });
      expect(await decide(forged, 'user:default/vera')).toEqual({ result: 'DENY' });
      expect(await decide(forged, 'user:default/otto')).toEqual({ result: 'DENY' });
    }
  });

  it.each([
    templateParameterReadPermission,
    templateStepReadPermission,
    actionExecutePermission,
    taskCreatePermission,
  ])('lets everybody who is signed in use the templates they see: %s', async permission => {
    expect((await decide(permission, 'user:default/dev')).result).toBe('ALLOW');
  });

  it('shows the tasks of the scaffolder to who started them', async () => {
    expect(await decide(taskReadPermission, 'user:default/otto')).toMatchObject({
      conditions: { rule: 'IS_TASK_OWNER', params: { createdBy: ['user:default/otto'] } },
    });
  });

  it('knows no rights of a service: they never come to the policy', async () => {
    const policy = new TenantPermissionPolicy({
      access: { platformGroups: [], viewerGroups: [], visibleGroups: [], serviceOwners: 'names' },
      memberships: { claimsOf: async () => ['group:default/platform'] },
      people: { visibleTo: async () => ({ uids: [] }) },
      auth: mockServices.auth(),
    });
    const credentials = mockCredentials.service();
    const info = { userEntityRef: 'user:default/ada', ownershipEntityRefs: [] };
    expect(
      await policy.handle({ permission: releaseReadPermission }, { credentials, info } as never),
    ).toEqual({ result: 'DENY' });
  });
});
