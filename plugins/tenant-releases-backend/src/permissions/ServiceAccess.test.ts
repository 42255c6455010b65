import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  serviceReadPermission,
  serviceTenantsReadPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantServiceConditionalDecision,
  isServiceOwner,
  tenantServiceConditions,
} from '@internal/plugin-tenant-releases-node';
import { ServiceAccess } from './ServiceAccess';
import { ServiceOwners } from './ServiceOwners';

const credentials = mockCredentials.user('user:default/dev');
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const condition = tenantServiceConditions.isServiceOwner({ claims: ['group:default/Developers'] });
const ifOwner = createTenantServiceConditionalDecision(serviceReadPermission, condition);
const ifNotOwner = createTenantServiceConditionalDecision(serviceTenantsReadPermission, {
  not: condition,
});

const catalog = catalogServiceMock({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'demo-api', namespace: 'default' },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/developers' },
        { type: 'dependencyOf', targetRef: 'group:default/others' },
      ],
    },
  ],
});

function accessWith(decisions: [numbers: PolicyDecision, names: PolicyDecision], from = catalog) {
  const owners = new ServiceOwners({ auth: mockServices.auth(), catalog: from });
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async () => decisions as never,
  });
  const registry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: () => ({ getRuleByName: () => isServiceOwner } as never),
  });
  return new ServiceAccess(permissions, registry, owners);
}

describe('ServiceAccess', () => {
  it.each<[string, [PolicyDecision, PolicyDecision], string, string | undefined]>([
    ['everything', [allow, allow], 'anything', 'names'],
    ['numbers', [allow, deny], 'anything', 'numbers'],
    ['names without numbers', [deny, allow], 'demo-api', undefined],
    ['what is owned', [ifOwner, deny], 'demo-api', 'numbers'],
    ['what is owned, by name', [ifOwner, ifOwner], 'demo-api', 'names'],
    ['what is owned, of a service that there is not', [ifOwner, ifOwner], 'other', undefined],
    ['what is not owned, of what nobody owns', [ifNotOwner, ifNotOwner], 'other', undefined],
    ['nothing', [deny, deny], 'demo-api', undefined],
  ])('shows %s', async (_, decisions, service, view) => {
    expect(await accessWith(decisions).view(credentials, service)).toBe(view);
  });

  it('lets nobody in by an outage of the catalog, and needs it only where owners decide', async () => {
    const away = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new Error('connect ECONNREFUSED 10.0.0.1');
      },
    });
    await expect(accessWith([ifOwner, deny], away).view(credentials, 'demo-api')).rejects.toThrow(
      'The catalog does not answer, so nobody knows who owns the service',
    );
    expect(await accessWith([allow, deny], away).view(credentials, 'demo-api')).toBe('numbers');
  });
});
