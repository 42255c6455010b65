import { mockCredentials } from '@backstage/backend-test-utils';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, type Permission } from '@backstage/plugin-permission-common';
import {
  fleetReadPermission,
  releaseReadPermission,
  serviceTenantsReadPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantReleaseConditionalDecision,
  createTenantServiceConditionalDecision,
  tenantReleaseConditions,
  tenantServiceConditions,
} from '@internal/plugin-tenant-releases-node';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(40_000);

const owner = 'user:default/otto';
const platform = 'user:default/ada';
/** Owns the service, and sees numbers. */
const developer = 'user:default/dev';
/** Owns the service, and sees names. */
const trusted = 'user:default/nora';
/** Owns nothing. */
const guest = 'user:default/gus';

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

function decide(permission: Permission, user: string) {
  if (user === platform) return { result: AuthorizeResult.ALLOW };
  if ('resourceType' in permission && permission.resourceType === 'tenant-service') {
    const isNames = permission.name === serviceTenantsReadPermission.name;
    if (isNames && user !== trusted) return { result: AuthorizeResult.DENY };
    const isOwner = user === developer || user === trusted;
    return createTenantServiceConditionalDecision(
      permission as never,
      tenantServiceConditions.isServiceOwner({
        claims: [user, ...(isOwner ? ['group:default/Developers'] : [])],
      }),
    );
  }
  return createTenantReleaseConditionalDecision(
    permission as typeof releaseReadPermission,
    tenantReleaseConditions.isTenantOwner({
      claims: [user, ...(user === owner ? ['group:default/tenant-a-owners'] : [])],
    }),
  );
}

/** Everything by which the owner of tenant-a could tell that there is somebody else, or reach the operator's places. */
const traces =
  /tenant-[b-d]|globex|berta|jdoe|142|git\.example|grafana\.example|argocd\.example|canary/i;

describe('what each person is told', () => {
  let portal: TestPortal;
  let versions: string;

  const get = (path: string, user: string) =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd, kubernetes, prometheus } = upstreams;
    const files = (tag: string, ...names: string[]) =>
      Object.fromEntries(names.map(name => [tenantPath(name), tenantFile(name, tag)]));
    github.commit(files('sha-1111111', 'tenant-a', 'tenant-b', 'tenant-c', 'tenant-d'), {
      message: 'onboard tenant-a, tenant-b and Globex',
      author: 'Berta of Globex',
    });
    github.commit(
      {
        ...files('sha-2222222', 'tenant-a', 'tenant-b', 'tenant-c'),
        'gitops/policy/releases.yaml': `badVersions:
  - { version: sha-2222222, reason: fails at Globex, since: 2026-01-01T00:00:00Z }
freezes:
  - { all: true, from: 2020-01-01T00:00:00Z, until: 2099-01-01T00:00:00Z, reason: Globex goes live }
`,
      },
      {
        message: 'bump demo-api for tenant-a, globex',
        author: 'renovate[bot]',
        pullRequest: 142,
        mergedBy: 'jdoe',
      },
    );
    for (const [tenant, version] of [
      ['tenant-a', 'sha-2222222'],
      ['tenant-b', 'sha-2222222'],
      ['tenant-c', 'sha-2222222'],
      ['tenant-d', 'sha-1111111'],
    ]) {
      argocd.set(tenant, { revision: github.commits.at(-1)!.sha });
      kubernetes.set(`${tenant}-1`, { tenant, version, ready: true });
    }
    const sample = (part: string, value: string, tenant: string | undefined, version: string) => ({
      metric: {
        ...(tenant ? { namespace: tenant } : {}),
        version,
        tenant_releases_part: part,
      },
      value: [0, value] as [number, string],
    });
    prometheus.answer = query => {
      if (!query.includes('by (le, version)')) return undefined;
      versions = query;
      return [
        ...['tenant-a', 'tenant-b', 'tenant-c'].flatMap(tenant => [
          sample('all', '1', tenant, 'sha-2222222'),
          sample('failed', tenant === 'tenant-b' ? '0.3' : '0', tenant, 'sha-2222222'),
        ]),
        sample('p95', '0.25', undefined, 'sha-2222222'),
        sample('all', '5', 'tenant-d', 'sha-1111111'),
        sample('p95', '0.1', undefined, 'sha-1111111'),
        sample('all', '9', 'platform-tests', 'sha-1111111'),
        sample('failed', '9', 'platform-tests', 'sha-1111111'),
      ];
    };
    portal = await startTestPortal(upstreams, {
      permissions: {
        authorize: async (requests: unknown[], { credentials }: never) =>
          requests.map(() => ({
            result: userOf(credentials) === platform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          })),
        authorizeConditional: async (
          requests: Array<{ permission: Permission }>,
          { credentials }: never,
        ) => requests.map(({ permission }) => decide(permission, userOf(credentials))),
      } as never,
      features: [
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'demo-api', namespace: 'default' },
              relations: [{ type: 'ownedBy', targetRef: 'group:default/developers' }],
            },
          ],
        }),
      ],
    });
    await eventually(async () => {
      const { body } = await get('/releases', platform);
      return body.items.map((item: never) => [
        (item as { desired?: { author?: string } }).desired?.author,
        (item as { running: unknown[] }).running.length,
      ]);
    }, [
      ['renovate[bot]', 1],
      ['renovate[bot]', 1],
      ['renovate[bot]', 1],
      ['Berta of Globex', 1],
    ]);
  });

  afterAll(() => portal.stop());

  describe('the owner of one tenant', () => {
    const release = '/releases/tenant-a/demo-api';

    it.each([
      '/releases?counts=true',
      release,
      `${release}/history`,
      `${release}/panels/request-rate?start=2020-01-01T00:00:00Z&end=2020-01-02T00:00:00Z`,
      `${release}/resources`,
      '/versions',
      '/sources',
      '/argocd/applications/tenant-a',
      '/services/demo-api',
    ])('finds no trace of others, and no way to the operator’s places: %s', async path => {
      const { status, text } = await get(path, owner);
      expect([200, 503]).toContain(status);
      expect(text).not.toMatch(traces);
    });

    it('finds none in what a change did to the own file either', async () => {
      const { body } = await get(`${release}/history`, owner);
      const [to, from] = body.items.map(({ commit }: { commit: string }) => commit);
      const diff = await get(`${release}/diff?from=${from}&to=${to}`, owner);
      expect(diff.status).toBe(200);
      expect(diff.body.values.diff).toContain('+  tag: sha-2222222');
      expect(diff.text).not.toMatch(traces);
    });

    it('is told that nothing was measured, not what to set where', async () => {
      portal.prometheus.has = () => false;
      const path = `${release}/panels/cpu?start=2020-01-03T00:00:00Z&end=2020-01-04T00:00:00Z`;
      const empty = async (user: string) => (await get(path, user)).body.empty;
      expect(await empty(owner)).toEqual({
        text: 'Nothing of this was measured in this range.',
        queries: [],
      });
      expect((await empty(platform)).text).toContain('tenantReleases.telemetry');
      portal.prometheus.has = () => true;
    });

    it('is told what changed and that the platform team did it', async () => {
      const { body } = await get(`${release}/history`, owner);
      expect(body.items.map(({ message, author }: never) => [message, author])).toEqual([
        ['The version changed', 'the platform team'],
        ['The version was set', 'the platform team'],
      ]);
    });

    it('is told why, in words that are about the own tenant', async () => {
      const { body } = await get(release, owner);
      const texts = Object.fromEntries(
        body.reasons.map(({ code, text }: { code: string; text: string }) => [code, text]),
      );
      expect(texts).toMatchObject({
        BAD_VERSION: 'The platform team has put this version on its list of bad versions.',
        FROZEN: 'The platform team makes no changes until 2099-01-01T00:00:00Z.',
      });
      expect(body).toMatchObject({
        desired: { version: 'sha-2222222' },
        synced: { version: expect.anything() },
        running: [{ version: 'sha-2222222', pods: 1, ready: 1 }],
        links: {},
      });
      expect(body.freeze.until).toBe('2099-01-01T00:00:00Z');
      expect(body.synced).not.toHaveProperty('revision');
    });

    it('sees the versions of the own tenant alone, without how they do elsewhere', async () => {
      const { body } = await get('/services/demo-api', owner);
      expect(body).toMatchObject({
        shows: 'own',
        tenants: 1,
        readable: 1,
        notice: { code: 'OWN_ONLY' },
      });
      expect(body.versions).toHaveLength(1);
      expect(body.versions[0]).not.toHaveProperty('serving');
      expect((await get('/services/demo-api/commits?from=v1&to=v2', owner)).status).toBe(403);
    });
  });

  it('shows the platform all of it', async () => {
    const { body } = await get('/releases/tenant-a/demo-api', platform);
    expect(body.desired).toMatchObject({
      author: 'renovate[bot]',
      pullRequest: { number: 142, title: 'bump demo-api for tenant-a, globex' },
    });
    expect(Object.keys(body.links)).toEqual(
      expect.arrayContaining(['grafana', 'argocd', 'values', 'policy']),
    );
    expect(JSON.stringify(body.reasons)).toContain('fails at Globex');
    expect(fleetReadPermission.name).toBe('tenant-releases.fleet.read');
  });

  describe('the developer of the service', () => {
    it('sees how many tenants run which version, and how the larger ones do, without a name', async () => {
      const { body, text } = await get('/services/demo-api', developer);
      expect(text).not.toMatch(/tenant-[a-d]|globex|berta/i);
      expect(body).toMatchObject({
        shows: 'numbers',
        tenants: 4,
        readable: 0,
        withoutPods: 0,
        windowSeconds: 300,
        notice: { code: 'NUMBERS_ONLY', text: expect.stringContaining('serviceOwners') },
      });
      expect(body.versions).toEqual([
        {
          version: 'sha-2222222',
          running: 3,
          desired: 3,
          firstSeen: expect.any(String),
          isBad: true,
          serving: { errorRatio: expect.closeTo(0.1), latencyP95: 0.25 },
        },
        {
          version: 'sha-1111111',
          running: 1,
          desired: 1,
          firstSeen: expect.any(String),
          notMeasured: expect.stringContaining('the numbers of one customer'),
        },
      ]);
      expect(versions).toContain('service="demo-api"');
    });

    it('sees the names, and how each version does, where the policy says so', async () => {
      const { body } = await get('/services/demo-api', trusted);
      expect(body).toMatchObject({ shows: 'names', tenants: 4 });
      expect(body).not.toHaveProperty('notice');
      expect(body.versions[1]).toMatchObject({
        version: 'sha-1111111',
        tenants: [{ tenant: 'tenant-d', displayName: 'TENANT-D', ring: 1 }],
        // The platform's own tests are no tenant.
        serving: { errorRatio: 0, latencyP95: 0.1 },
      });
    });

    it('sees no release by that, and no list of tenants', async () => {
      for (const user of [developer, trusted]) {
        expect((await get('/releases', user)).body.items).toEqual([]);
        expect((await get('/releases/tenant-a/demo-api', user)).status).toBe(404);
      }
    });

    it('is told why commits cannot be told, and that a version is none that anybody has', async () => {
      const commits = (from: string, to: string) =>
        get(`/services/demo-api/commits?from=${from}&to=${to}`, developer);
      expect((await commits('sha-1111111', 'sha-2222222')).body).toMatchObject({
        unavailable: expect.stringContaining('tenantReleases.services'),
      });
      const unknown = await commits('sha-1111111', 'main');
      expect([unknown.status, unknown.body.error.message]).toEqual([
        404,
        'No tenant has version main',
      ]);
    });
  });

  it('tells who may see none so, the same as of a service that there is not', async () => {
    const { body } = await get('/services/demo-api', guest);
    const none = await get('/services/none-such', guest);
    expect(body).toMatchObject({
      shows: 'own',
      tenants: 0,
      versions: [],
      notice: { code: 'NONE_VISIBLE', text: expect.stringContaining('ask the group that owns it') },
    });
    const plain = (value: object) =>
      JSON.stringify(value)
        .replaceAll('none-such', 'demo-api')
        .replace(/"sources".*/, '');
    expect(plain(none.body)).toBe(plain(body));
  });

  it('tells the platform that nobody runs a service', async () => {
    expect((await get('/services/none-such', platform)).body).toMatchObject({
      shows: 'names',
      notice: { code: 'NO_TENANTS' },
    });
  });

  it('names the parameter of a bad question', async () => {
    for (const [path, name] of [
      ['/services/Demo', 'service'],
      ['/services/demo-api/commits?from=v1', 'to'],
      ['/services/demo-api/commits?from=a..b/c&to=v1', 'from'],
    ]) {
      const { status, body } = await get(path, platform);
      expect([status, body.error.message]).toEqual([400, expect.stringContaining(`"${name}"`)]);
    }
  });
});
