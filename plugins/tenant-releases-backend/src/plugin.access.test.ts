import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type PolicyDecision,
  type QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';
import {
  createTenantReleaseConditionalDecision,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';
import type { ReleasePermission } from './permissions/ReleaseAccess';

jest.setTimeout(30_000);

/** Who asks: what the policy says of each. */
const owner = (tenant: string) => `user:default/${tenant}`;
const platform = 'user:default/platform';
const developer = 'user:default/dev';
const reader = 'user:default/reader';
/** May see everything that does not belong to tenant-b: a policy that says "not". */
const contrary = 'user:default/contrary';

function decide(permission: ReleasePermission, user: string): PolicyDecision {
  if (user === platform) return { result: AuthorizeResult.ALLOW };
  if (user === developer) return { result: AuthorizeResult.DENY };
  if (user === reader && permission.name !== 'tenant-releases.release.read') {
    return { result: AuthorizeResult.DENY };
  }
  const tenant = user === reader ? 'tenant-a' : user.split('/')[1];
  const ownership = tenantReleaseConditions.isTenantOwner({
    claims: [user, `group:default/${user === contrary ? 'tenant-b' : tenant}-owners`],
  });
  return createTenantReleaseConditionalDecision(
    permission,
    user === contrary ? { not: ownership } : ownership,
  );
}

const userOf = (credentials: BackstageCredentials) =>
  (credentials.principal as { userEntityRef: string }).userEntityRef;

const permissions = {
  authorize: async (
    requests: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(() => ({
      result: userOf(credentials) === platform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    })),
  authorizeConditional: async (
    requests: QueryPermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) =>
    requests.map(({ permission }) =>
      decide(permission as ReleasePermission, userOf(credentials)),
    ) as never,
} as never;

describe('access', () => {
  let portal: TestPortal;

  const get = (path: string, user: string) =>
    request(portal.server)
      .get(`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));
  const tenants = async (user: string) =>
    (await get('/releases', user)).body.items.map(({ tenant }: { tenant: string }) => tenant);

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd } = upstreams;
    github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1', {
        owner: 'group:default/Tenant-A-owners',
      }),
      [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-2'),
      [tenantPath('broken')]: 'nothing: here',
    });
    for (const name of ['tenant-a', 'tenant-b', 'tenant-a-fence', 'root', 'stray']) {
      argocd.set(name, name === 'root' ? { namespace: 'argocd' } : {});
    }
    argocd.set('prometheus', { namespace: 'observability' });
    portal = await startTestPortal(upstreams, { permissions });
    await eventually(() => tenants(platform), ['broken', 'stray', 'tenant-a', 'tenant-b']);
  });

  afterAll(() => portal.stop());

  it('lists what each caller may read, and only the platform sees what has no owner', async () => {
    expect(await tenants(platform)).toEqual(['broken', 'stray', 'tenant-a', 'tenant-b']);
    expect(await tenants(owner('tenant-a'))).toEqual(['tenant-a']);
    expect(await tenants(owner('tenant-b'))).toEqual(['tenant-b']);
    expect(await tenants(developer)).toEqual([]);
    expect(await tenants(contrary)).toEqual(['tenant-a']);
  });

  it('counts only what the caller may read', async () => {
    const { body } = await get('/releases?limit=1', owner('tenant-a'));
    expect(body).toMatchObject({ totalItems: 1 });
    expect(JSON.stringify(body)).not.toContain('tenant-b');
    expect((await get('/releases?q=tenant-b', owner('tenant-a'))).body.totalItems).toBe(0);
    const counted = await get('/releases?counts=true&tenant=tenant-a,tenant-b', owner('tenant-a'));
    expect(Object.values<number>(counted.body.counts).reduce((sum, one) => sum + one)).toBe(1);
  });

  const emptyList = async (path: string, user: string) => {
    const { sources: _, ...told } = (await get(path, user)).body;
    return told;
  };

  it('says why a list is empty, and nothing of what the caller may not see', async () => {
    const filtered = await emptyList('/releases?tenant=tenant-b', owner('tenant-a'));
    expect(filtered).toMatchObject({ items: [], totalItems: 0, notice: { code: 'NONE_MATCH' } });
    expect(await emptyList('/releases?tenant=tenant-x', owner('tenant-a'))).toEqual(filtered);
    const paths = ['/releases', '/releases?tenant=tenant-a', '/releases?tenant=x&state=held'];
    const [all, ...others] = await Promise.all(paths.map(path => emptyList(path, developer)));
    expect(all).toMatchObject({ items: [], totalItems: 0, notice: { code: 'NONE_VISIBLE' } });
    expect(others).toEqual([all, all]);
    expect(await emptyList('/releases?q=nothing-like-it', platform)).toMatchObject({
      notice: { code: 'NONE_MATCH' },
    });
    expect((await get('/releases', owner('tenant-a'))).body).not.toHaveProperty('notice');
  });

  it('gives the reasons for what is in no file, or in one that cannot be read', async () => {
    const stray = await get('/releases/stray/demo-api', platform);
    expect(stray.body.reasons.map(({ code }: { code: string }) => code)).toContain('NOT_IN_GIT');
    expect(stray.body).toMatchObject({ displayName: 'stray', owner: '', synced: {} });
    const broken = await get('/releases/broken/demo-api', platform);
    expect(broken.body).toMatchObject({ state: 'unknown', ring: -1, tier: 'unknown' });
    expect(broken.body.reasons.map(({ code }: { code: string }) => code)).toContain('FILE_INVALID');
  });

  const paths = [
    '/releases/TENANT/demo-api',
    '/releases/TENANT/demo-api/history',
    '/releases/TENANT/demo-api/panels',
    '/releases/TENANT/demo-api/panels/request-rate',
    '/releases/TENANT/demo-api/logs',
    '/argocd/applications/TENANT',
    '/argocd/applications/TENANT/revisions/abcdef0/metadata',
  ];

  it.each(paths)('answers the same for another’s tenant and for none: %s', async path => {
    for (const caller of [owner('tenant-a'), developer]) {
      // Names of the same length: the address is part of the answer.
      const other = await get(path.replace('TENANT', 'tenant-b'), caller);
      const none = await get(path.replace('TENANT', 'tenant-x'), caller);
      expect(other.status).toBe(404);
      expect(none.status).toBe(404);
      expect(other.text.replaceAll('tenant-b', 'tenant-x')).toBe(none.text);
      expect(other.text).toHaveLength(none.text.length);
      const shape = ({ headers }: typeof other) => Object.keys(headers).sort();
      expect(shape(other)).toEqual(shape(none));
    }
    expect((await get(path.replace('TENANT', 'stray'), owner('tenant-a'))).status).toBe(404);
    expect((await get(path.replace('TENANT', 'tenant-a'), owner('tenant-a'))).status).toBe(200);
  });

  it('tells when a commit was made, only of the tenant’s own; who made it and what it says, only the platform', async () => {
    const { commits } = portal.github;
    const metadata = async (revision: string, user: string) => {
      const path = `/argocd/applications/tenant-a/revisions/${revision}/metadata`;
      const { status, body } = await get(path, user);
      return [status, body.message, Object.keys(body).join(' ')];
    };
    const own = commits[0].sha;
    portal.github.commit({
      [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-2', { ring: 5 }),
    });
    const others = portal.github.commits.at(-1)!.sha;
    for (const revision of [own, own.slice(0, 7)]) {
      expect(await metadata(revision, owner('tenant-a'))).toEqual([200, undefined, 'date']);
    }
    for (const revision of [others, others.slice(0, 7), 'abcdef0']) {
      expect(await metadata(revision, owner('tenant-a'))).toEqual([200, undefined, '']);
      expect(await metadata(revision, platform)).toEqual([200, 'bump', 'author date message']);
    }
  });

  it('asks for a permission of their own for metrics and logs', async () => {
    const release = '/releases/tenant-a/demo-api';
    expect((await get(release, reader)).status).toBe(200);
    expect((await get(`${release}/history`, reader)).status).toBe(200);
    for (const path of ['/panels', '/panels/cpu', '/logs']) {
      expect((await get(release + path, reader)).status).toBe(403);
      expect((await get(`/releases/tenant-b/demo-api${path}`, reader)).status).toBe(404);
    }
  });

  it('shows the versions of all tenants only to who may onboard one', async () => {
    const versions = async (user: string) =>
      (await get('/versions', user)).body.items.map(
        ({ version, tenants: count }: { version: string; tenants: number }) =>
          `${version} ${count}`,
      );
    expect(await versions(platform)).toEqual(expect.arrayContaining(['sha-1 1', 'sha-2 1']));
    expect(await versions(owner('tenant-a'))).toEqual(['sha-1 1']);
    expect(await versions(developer)).toEqual([]);
  });

  it('serves sources and the description to everyone who is signed in', async () => {
    expect((await get('/sources', developer)).status).toBe(200);
    const { body } = await get('/openapi.json', developer);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/releases',
        '/releases/{tenant}/{service}',
        '/releases/{tenant}/{service}/history',
        '/releases/{tenant}/{service}/panels',
        '/releases/{tenant}/{service}/panels/{panelId}',
        '/releases/{tenant}/{service}/logs',
        '/versions',
        '/sources',
        '/events',
      ]),
    );
    const names = body.paths['/releases'].get.parameters.map(({ name }: { name: string }) => name);
    expect(names.join(' ')).toBe(
      'tenant service environment tier ring state q limit cursor fields counts',
    );
  });

  it.each([
    ['post', '/releases'],
    ['put', '/changes'],
    ['delete', '/changes'],
    ['post', '/releases/tenant-a/demo-api'],
  ] as const)('writes by nothing but POST /changes: %s %s', async (method, path) => {
    const answer = await request(portal.server)
      [method](`/api/tenant-releases${path}`)
      .set('Authorization', mockCredentials.user.header(platform))
      .send({ kind: 'promote' });
    expect(answer.status).toBe(404);
    expect(answer.body.error.name).toBe('NotFoundError');
  });
});

describe('access before the first tenant', () => {
  let portals: TestPortal[];

  /** A portal whose Git holds files, tenants among them or not. */
  const start = async (files: Record<string, string>) => {
    const upstreams = await startUpstreams();
    upstreams.github.commit({ 'gitops/tenants/.gitkeep': '', ...files });
    return startTestPortal(upstreams, { permissions });
  };
  const list = ({ server }: TestPortal, user: string, query = '') =>
    request(server)
      .get(`/api/tenant-releases/releases${query}`)
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));

  beforeAll(async () => {
    const names = ['tenant-b', 'tenant-c'];
    portals = await Promise.all([
      start({}),
      start(Object.fromEntries(names.map(name => [tenantPath(name), tenantFile(name, 'sha-1')]))),
    ]);
    for (const portal of portals) {
      await eventually(async () => {
        const { sources } = (await list(portal, platform)).body;
        return sources.every(({ state }: { state: string }) => state === 'ok');
      }, true);
    }
  });

  afterAll(() => Promise.all(portals.map(portal => portal.stop())));

  it.each([
    [developer, ''],
    [developer, '?tenant=tenant-b&counts=true'],
    [owner('tenant-a'), ''],
    [owner('tenant-a'), '?q=tenant-b'],
    [owner('tenant-a'), '?state=held'],
  ])('answers %s the same, byte for byte, as with tenants of others: %s', async (user, query) => {
    const [none, others] = await Promise.all(portals.map(portal => list(portal, user, query)));
    // The ages of the sources are those of two portals.
    const bytes = (text: string) => text.replace(/"ageSeconds":[\d.]+/g, '"ageSeconds":0');
    expect(others.body.notice.code).toBe('NONE_VISIBLE');
    expect(bytes(none.text)).toBe(bytes(others.text));
    expect(none.headers.etag).toBe(others.headers.etag);
  });

  it('tells the platform that there is none', async () => {
    const [none, others] = await Promise.all(portals.map(portal => list(portal, platform)));
    expect(none.body).toMatchObject({
      totalItems: 0,
      notice: { code: 'NO_TENANTS', text: expect.stringContaining('New tenant') },
    });
    expect(others.body.totalItems).toBe(2);
    expect(others.body).not.toHaveProperty('notice');
  });
});
