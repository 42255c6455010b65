import {
  createTenantReleaseConditionalDecision,
  isTenantOwner,
  tenantReleaseConditions,
} from './isTenantOwner';
import { releaseReadPermission } from '@internal/plugin-tenant-releases-common';
import type { z } from 'zod';

const owners = 'group:default/tenant-a-owners';

describe('isTenantOwner', () => {
  it.each<[what: string, owner: string | undefined, claims: string[], expected: boolean]>([
    ['the group that owns it', owners, ['user:default/otto', owners], true],
    ['the group in other letters', owners, ['Group:Default/TENANT-A-Owners'], true],
    ['an owner in other letters', 'Group:default/Tenant-A-Owners', [owners], true],
    [
      'letters that another language would change',
      'group:default/INFRA',
      ['group:default/infra'],
      true,
    ],
    ['somebody without claims', owners, [], false],
    ['another group', owners, ['group:default/tenant-b-owners'], false],
    ['a group of another namespace', owners, ['group:other/tenant-a-owners'], false],
    ['a person of the same name', owners, ['user:default/tenant-a-owners'], false],
    ['a name that only begins like it', owners, [`${owners}-x`, 'group:default/tenant-a'], false],
    ['a release without owner', undefined, [owners], false],
    ['a release without owner, and a claim that says so', undefined, ['undefined', ''], false],
  ])('%s', (_, owner, claims, expected) => {
    expect(isTenantOwner.apply({ tenant: 'tenant-a', owner }, { claims })).toBe(expected);
  });

  it('becomes a query for the same owners', () => {
    expect(isTenantOwner.toQuery({ claims: ['Group:default/Tenant-A-Owners'] })).toEqual({
      owners: [owners],
    });
  });

  it.each([{}, { claims: owners }, { claims: [7] }, { claims: undefined }])(
    'takes no parameters like %j',
    params => {
      const schema = isTenantOwner.paramsSchema as z.ZodType;
      expect(schema.safeParse(params).success).toBe(false);
    },
  );
});

it('makes decisions that name the rule, the plugin and the type', () => {
  const decision = createTenantReleaseConditionalDecision(
    releaseReadPermission,
    tenantReleaseConditions.isTenantOwner({ claims: [owners] }),
  );
  expect(decision).toEqual({
    result: 'CONDITIONAL',
    pluginId: 'tenant-releases',
    resourceType: 'tenant-release',
    conditions: {
      resourceType: 'tenant-release',
      rule: 'IS_TENANT_OWNER',
      params: { claims: [owners] },
    },
  });
});
