import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
} from '@backstage/plugin-permission-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { SourceReport } from '@internal/plugin-tenant-releases-common';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
  type Upstreams,
} from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const revision = 'f'.repeat(40);
const platform = 'user:default/platform';
const otto = 'user:default/otto';

/** The platform group may onboard tenants; nobody else. */
const permissions = {
  authorize: async (
    requests: AuthorizePermissionRequest[],
    { credentials }: { credentials: BackstageCredentials },
  ) => {
    const { userEntityRef } = credentials.principal as { userEntityRef: string };
    const result = userEntityRef === platform ? AuthorizeResult.ALLOW : AuthorizeResult.DENY;
    return requests.map(() => ({ result }));
  },
  authorizeConditional: async (requests: object[]) =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW })) as never,
} as never;

describe('GET /sources/report and /sources/entries', () => {
  let upstreams: Upstreams;
  let portal: TestPortal | undefined;

  beforeEach(async () => {
    upstreams = await startUpstreams();
    upstreams.github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    upstreams.argocd.set('tenant-a', { revision });
    upstreams.kubernetes.set('tenant-a-1', { tenant: 'tenant-a', version: 'sha-1' });
  });
  afterEach(async () => {
    await portal?.stop();
    portal = undefined;
  });

  const start = async (config?: Parameters<typeof startTestPortal>[1]) => {
    portal = await startTestPortal(upstreams, { permissions, ...config });
  };
  const get = (path: string, user = platform) =>
    request(portal!.server)
      .get(`/api/tenant-releases/sources${path}`)
      .set('Authorization', mockCredentials.user.header(user as `user:default/${string}`));
  const report = async (id: string): Promise<SourceReport> =>
    (await get('/report')).body.items.find((item: SourceReport) => item.id === id);
  const countsOf = async (id: string) =>
    (await report(id)).counts.map(({ what, count }) => `${count} ${what}`);

  it('tells what each source holds, and what of it has no release', async () => {
    const { github, argocd, kubernetes } = upstreams;
    github.commit({ [tenantPath('tenant-b')]: 'tenant: [\n', [tenantPath('Tenant_C')]: 'x: 1\n' });
    argocd.set('platform-tools', {
      revision,
      spec: {
        project: 'platform',
        source: { repoURL: 'https://git.example.com/acme/other', path: 'x' },
        destination: { name: 'in-cluster', namespace: 'platform' },
      },
    });
    argocd.set('tenant-x', { revision });
    kubernetes.set('tenant-x-1', { tenant: 'tenant-x', version: 'sha-1' });
    await start();
    const wanted = ['2 Pods found by label', '1 With a release', '1 Without a release'];
    expect(await eventually(() => countsOf('kubernetes:in-cluster'), wanted)).toEqual(wanted);
    const applications = [
      '3 Applications',
      '1 With a release',
      '1 Left out',
      '0 Of the GitOps repository, without a release',
      '1 Of other repositories',
    ];
    expect(await eventually(() => countsOf('argocd:main'), applications)).toEqual(applications);
    const { body } = await get('/entries?source=argocd:main');
    expect(body.items).toMatchObject([
      { name: 'argocd/tenant-x', reason: expect.stringContaining('Git holds no file') },
    ]);
    expect((await countsOf('git')).slice(1)).toEqual(['2 Releases', '2 Tenants']);
    const git = await report('git');
    expect(git).toMatchObject({
      state: 'ok',
      leftOutCount: 3,
      git: {
        repository: 'acme/platform',
        url: 'https://git.example.com/acme/platform',
        branch: 'main',
        reader: 'api',
        commit: {
          url: expect.stringMatching(/^https:\/\/git\.example\.com\/acme\/platform\/commit\//),
        },
        layouts: [{ key: 'tenantReleases.gitops.valuesPath', files: 3, releases: 2, tenants: 2 }],
      },
    });
    const { items } = (await get('/entries?source=git')).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      tenantPath('tenant-b'),
      'gitops/policy/releases.yaml',
      tenantPath('Tenant_C'),
    ]);
    expect(items[0].reason).toMatch(/^It cannot be read: /);
    expect((await get('/entries?source=kubernetes:in-cluster&list=unused')).body).toEqual({
      items: [
        {
          kind: 'pod',
          name: 'tenant-x/tenant-x-1',
          reason:
            'Its labels name tenant tenant-x and service demo-api, and no release of that name is in namespace tenant-x.',
        },
      ],
      matchCount: 1,
      totalCount: 1,
    });
    expect(await report('prometheus')).toMatchObject({ state: 'ok', counts: [], leftOutCount: 0 });
  });

  it('tells an outage with its cure, keeps what was read, and remembers the error afterwards', async () => {
    await start();
    const state = async () => (await report('argocd:main')).state;
    expect(await eventually(state, 'ok')).toBe('ok');
    const before = await countsOf('argocd:main');
    expect(await report('argocd:main')).not.toHaveProperty('lastError');
    await upstreams.argocd.stop();
    expect(await eventually(state, 'down', 20_000)).toBe('down');
    expect(await report('argocd:main')).toMatchObject({
      instance: 'main',
      error: 'unreachable',
      cure: expect.stringContaining('argocd.appLocatorMethods'),
    });
    expect(await countsOf('argocd:main')).toEqual(before);
    await upstreams.argocd.start();
    expect(await eventually(state, 'ok', 20_000)).toBe('ok');
    const { lastError, error, cure } = await report('argocd:main');
    expect(lastError).toEqual({ error: 'unreachable', at: expect.any(String) });
    expect([error, cure]).toEqual([undefined, undefined]);
  });

  it('says nothing of what a source holds that has never answered', async () => {
    await upstreams.argocd.stop();
    await start();
    const state = async () => (await report('argocd:main')).state;
    expect(await eventually(state, 'down')).toBe('down');
    expect(await report('argocd:main')).toMatchObject({
      counts: [],
      leftOutCount: 0,
      unusedCount: 0,
    });
  });

  it('calls no Application without a file while nobody knows the files', async () => {
    await upstreams.github.stop();
    await start();
    const counts = async () => (await countsOf('argocd:main')).slice(0, 4);
    const wanted = [
      '1 Applications',
      '0 With a release',
      '0 Left out',
      '1 Of the GitOps repository, without a release',
    ];
    expect(await eventually(counts, wanted)).toEqual(wanted);
    expect(await report('git')).toMatchObject({ state: 'down', counts: [] });
  });

  it('finds entries by their text, and says how many there are', async () => {
    const many = Array.from({ length: 130 }, (_, at) => [`gitops/tenants/Odd-${at}.txt`, 'x']);
    upstreams.github.commit(Object.fromEntries(many));
    await start();
    const total = async () => (await get('/entries?source=git')).body.totalCount;
    expect(await eventually(total, 131)).toBe(131);
    const first = (await get('/entries?source=git')).body;
    expect([first.items.length, first.matchCount]).toEqual([100, 131]);
    const all = (await get('/entries?source=git&limit=1000')).body;
    expect(all.items).toHaveLength(131);
    const some = (await get('/entries?source=git&q=ODD-12&limit=2')).body;
    expect(some).toMatchObject({ matchCount: 11, totalCount: 131 });
    expect(some.items).toHaveLength(2);
    expect((await get('/entries?source=git&q=nothing-like-it')).body).toEqual({
      items: [],
      matchCount: 0,
      totalCount: 131,
    });
  });

  it('tells who may not onboard tenants nothing', async () => {
    await start();
    for (const path of ['/report', '/entries?source=git', '/entries?source=none']) {
      const { status, text } = await get(path, otto);
      expect(status).toBe(403);
      expect(text).not.toMatch(/tenant-a|acme/);
    }
    expect((await get('', otto)).status).toBe(200);
  });

  it.each([
    ['/entries', 400, 'source'],
    ['/entries?source=git&list=all', 400, 'list'],
    ['/entries?source=git&limit=0', 400, 'limit'],
    ['/entries?source=git&limit=1001', 400, 'limit'],
    ['/entries?source=git&q=', 400, 'q'],
    ['/report?source=git', 400, 'source'],
    ['/entries?source=git:other', 404, 'no such source'],
  ])('answers %s with %d that names %s', async (path, status, word) => {
    await start();
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(word);
  });

  it('tells no address and no secret', async () => {
    const config = configFor(upstreams);
    config.kubernetes = {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [{ name: 'in-cluster', url: 'ftp://10.9.8.7', serviceAccountToken: 's3cret' }],
        },
      ],
    };
    await upstreams.prometheus.stop();
    await start({ config });
    const down = async () => (await report('prometheus')).state;
    expect(await eventually(down, 'down')).toBe('down');
    const { text } = await get('/report');
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|10\.9\.8\.7|s3cret|-token"/);
    expect(await report('kubernetes:in-cluster')).toMatchObject({
      error: 'misconfigured',
      detail: expect.stringContaining('kubernetes.clusterLocatorMethods'),
    });
  });
});
