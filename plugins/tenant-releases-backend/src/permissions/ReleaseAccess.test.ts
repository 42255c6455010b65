import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';
import {
  changeCreatePermission,
  logsReadPermission,
  releaseReadPermission,
  telemetryReadPermission,
  tenantOnboardPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantReleaseConditionalDecision,
  isTenantOwner,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';
import { HiddenReleaseError } from './HiddenReleaseError';
import { ReleaseAccess, type ReleasePermission } from './ReleaseAccess';

const credentials = mockCredentials.user('user:default/otto');
const own = { tenant: 'tenant-a', owner: 'group:default/tenant-a-owners' };
const other = { tenant: 'tenant-b', owner: 'group:default/tenant-b-owners' };
const nobodys = { tenant: 'stray' };

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
const condition = tenantReleaseConditions.isTenantOwner({ claims: [own.owner] });
const owned = createTenantReleaseConditionalDecision(releaseReadPermission, condition);
const notOwned = createTenantReleaseConditionalDecision(releaseReadPermission, { not: condition });

describe('ReleaseAccess', () => {
  /** What the policy says by permission; what is not named is denied. */
  let decisions: Map<unknown, PolicyDecision>;
  let questions: string[][];

  const access = new ReleaseAccess(
    mockServices.permissions.mock({
      authorize: async requests => requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async (requests, options) => {
        expect(options).toEqual({ credentials });
        questions.push(requests.map(({ permission }) => permission.name));
        return requests.map(({ permission }) => decisions.get(permission) ?? deny) as never;
      },
    }),
    mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () =>
        ({
          getRuleByName: (name: string) => ({ [isTenantOwner.name]: isTenantOwner }[name]),
        } as never),
    }),
  );

  beforeEach(() => {
    decisions = new Map();
    questions = [];
  });

  it('does not take what one condition says of a release for what another says', async () => {
    decisions.set(releaseReadPermission, owned);
    for (let round = 0; round < 2; round += 1) {
      expect([own, other].map(await access.check(credentials, releaseReadPermission))).toEqual([
        true,
        false,
      ]);
    }
    decisions.set(releaseReadPermission, notOwned);
    expect([own, other].map(await access.check(credentials, releaseReadPermission))).toEqual([
      false,
      true,
    ]);
    expect(questions).toHaveLength(3);
  });

  describe('check', () => {
    it.each<[what: string, decision: PolicyDecision, passing: string[]]>([
      ['everything', allow, ['tenant-a', 'tenant-b', 'stray']],
      ['nothing', deny, []],
      ['what is owned', owned, ['tenant-a']],
      ['what is not owned, but by somebody', notOwned, ['tenant-b']],
    ])('lets pass %s', async (_, decision, passing) => {
      decisions.set(releaseReadPermission, decision);
      const mayRead = await access.check(credentials, releaseReadPermission);
      const found = [own, other, nobodys].filter(mayRead).map(({ tenant }) => tenant);
      expect(found).toEqual(passing);
    });

    it('asks once for all permissions, and lets pass what passes all of them', async () => {
      decisions.set(releaseReadPermission, allow);
      decisions.set(logsReadPermission, owned);
      const check = await access.check(credentials, releaseReadPermission, logsReadPermission);
      expect([own, other].map(check)).toEqual([true, false]);
      expect(questions).toEqual([['tenant-releases.release.read', 'tenant-releases.logs.read']]);
    });
  });

  describe('require', () => {
    const refusal = (resource: typeof own | undefined, permission?: ReleasePermission) =>
      access.require(credentials, resource, permission).then(
        () => undefined,
        error => error,
      );

    it('lets pass who may read, and asks once', async () => {
      decisions.set(releaseReadPermission, owned);
      expect(await refusal(own)).toBeUndefined();
      expect(await refusal(own, releaseReadPermission)).toBeUndefined();
      expect(questions).toEqual([
        ['tenant-releases.release.read'],
        ['tenant-releases.release.read'],
      ]);
    });

    it('refuses another’s release and none with the same words, asking the same', async () => {
      decisions.set(releaseReadPermission, owned);
      decisions.set(logsReadPermission, allow);
      const hidden = await refusal(other, logsReadPermission);
      const none = await refusal(undefined, logsReadPermission);
      expect(questions[0]).toEqual(questions[1]);
      expect([hidden.message, hidden.name]).toEqual(['No such release', 'NotFoundError']);
      expect([none.message, none.name]).toEqual(['No such release', 'NotFoundError']);
      // A JSON of the error is the answer: it tells nothing more, only the audit log learns it.
      expect(JSON.stringify(hidden)).toBe(JSON.stringify(none));
      expect([hidden, none]).toEqual([
        expect.any(HiddenReleaseError),
        expect.any(HiddenReleaseError),
      ]);
      expect([hidden.exists, none.exists]).toEqual([true, false]);
    });

    it.each([telemetryReadPermission, logsReadPermission, changeCreatePermission])(
      'wants $name besides reading',
      async permission => {
        decisions.set(releaseReadPermission, allow);
        const error = await refusal(other, permission);
        expect(error).toBeInstanceOf(NotAllowedError);
        expect(error.message).toBe('Not allowed for this release');
        decisions.set(permission, owned);
        expect(await refusal(other, permission)).toBeInstanceOf(NotAllowedError);
        expect(await refusal(own, permission)).toBeUndefined();
      },
    );

    it('does not open to the other permission what may not be read', async () => {
      decisions.set(logsReadPermission, allow);
      expect(await refusal(own, logsReadPermission)).toBeInstanceOf(HiddenReleaseError);
    });
  });

  it.each([
    [AuthorizeResult.ALLOW, true],
    [AuthorizeResult.DENY, false],
    [AuthorizeResult.CONDITIONAL, false],
  ])('holds a permission that is answered %s: %s', async (result, expected) => {
    const permissions = mockServices.permissions.mock({
      authorize: async requests => {
        expect(requests).toEqual([{ permission: tenantOnboardPermission }]);
        return [{ result }] as never;
      },
    });
    const registry = mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({ getRuleByName: () => isTenantOwner } as never),
    });
    const held = new ReleaseAccess(permissions, registry);
    expect(await held.holds(credentials, tenantOnboardPermission)).toBe(expected);
  });
});
