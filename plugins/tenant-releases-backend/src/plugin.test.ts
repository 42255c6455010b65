import { mockCredentials } from '@backstage/backend-test-utils';
import { releaseSchema, type Release } from '@internal/plugin-tenant-releases-common';
import request from 'supertest';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { eventually } from './__testUtils__/eventually';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

describe('the plugin', () => {
  let portal: TestPortal;
  let revision: string;

  const get = (path: string) => request(portal.server).get(`/api/tenant-releases${path}`);

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const { github, argocd, kubernetes } = upstreams;
    github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') }, { author: 'Lin' });
    github.commit({ [tenantPath('tenant-b')]: tenantFile('tenant-b', 'sha-1', { ring: 2 }) });
    revision = github.commit(
      { [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-2') },
      { author: 'Ada', message: 'bump tenant-a', pullRequest: 7 },
    );
    const history = [{ revision, deployedAt: '2026-01-02T00:00:01Z' }];
    argocd.set('tenant-a', { revision, history, images: ['ghcr.io/acme/demo-api:sha-2'] });
    argocd.set('tenant-b', { revision, images: ['ghcr.io/acme/demo-api:sha-1'] });
    kubernetes.set('a-1', { tenant: 'tenant-a', version: 'sha-2' });
    kubernetes.set('a-2', { tenant: 'tenant-a', version: 'sha-2' });
    kubernetes.set('b-1', { tenant: 'tenant-b', version: 'sha-1' });
    portal = await startTestPortal(upstreams);
    await eventually(async () => {
      const { body } = await get('/releases');
      return [body.items[0]?.desired?.pullRequest?.number, body.items[1]?.state];
    }, [7, 'in-sync']);
  });

  afterAll(() => portal.stop());

  it('joins what Git wants, Argo CD synced and the pods run', async () => {
    const { body, status } = await get('/releases/tenant-a/demo-api');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tenant: 'tenant-a',
      service: 'demo-api',
      displayName: 'TENANT-A',
      tier: 'standard',
      ring: 1,
      owner: 'group:default/tenant-a-owners',
      cluster: 'in-cluster',
      namespace: 'tenant-a',
      desired: {
        version: 'sha-2',
        commit: revision,
        author: 'Ada',
        pullRequest: { number: 7, title: 'bump tenant-a' },
      },
      synced: { version: 'sha-2', status: 'Synced', at: '2026-01-02T00:00:01Z' },
      health: { status: 'Healthy' },
      running: [{ version: 'sha-2', pods: 2, ready: 2, since: '2026-01-02T00:00:05Z' }],
      state: 'in-sync',
      reasons: [],
      links: {
        grafana:
          'https://grafana.example.com/d/tenant-release?var-tenant=tenant-a&var-service=demo-api&from=now-1h&to=now',
        values:
          'https://git.example.com/acme/platform/blob/main/gitops/tenants/tenant-a-values.yaml',
        pullRequest: 'https://git.example.com/acme/platform/pull/7',
      },
    });
  });

  it('says that a version is bad and a tenant frozen, as the policy in Git has it', async () => {
    const policy = (text?: string) => portal.github.commit({ 'gitops/policy/releases.yaml': text });
    policy(
      `badVersions: [{ version: sha-2, reason: loses orders }]
freezes: [{ rings: [2], from: 2020-01-01T00:00:00Z, until: 2120-01-01T00:00:00Z, reason: audit }]`,
    );
    const codes = async () => {
      const { body } = await get('/releases');
      return body.items.map(({ reasons }: Release) => reasons.map(({ code }) => code));
    };
    const expected = [['BAD_VERSION'], ['FROZEN']];
    expect(await eventually(codes, expected)).toEqual(expected);
    const { body } = await get('/releases/tenant-b/demo-api');
    expect(body.freeze).toEqual({
      reason: 'audit',
      since: '2020-01-01T00:00:00Z',
      until: '2120-01-01T00:00:00Z',
    });
    policy(undefined);
    expect(await eventually(codes, [[], []])).toEqual([[], []]);
  });

  it('answers a warm view without any upstream call', async () => {
    await get('/releases/tenant-a/demo-api/history');
    const upstreams = [portal.github, portal.argocd, portal.kubernetes];
    const count = () =>
      upstreams.flatMap(({ requests }) =>
        // Probes and polls go on by themselves.
        requests.filter(
          line => !/\/version|commits\/main|GET \/api\/v1\/applications\?/.test(line),
        ),
      ).length;
    const before = count();
    await get('/releases');
    await get('/releases/tenant-a/demo-api');
    await get('/releases/tenant-a/demo-api/history');
    expect(count()).toBe(before);
  });

  it('tells the history with author, pull request and times', async () => {
    const { body } = await get('/releases/tenant-a/demo-api/history');
    expect(body.items).toEqual([
      expect.objectContaining({
        version: 'sha-2',
        previousVersion: 'sha-1',
        kind: 'release',
        author: 'Ada',
        message: 'bump tenant-a',
        pullRequest: expect.objectContaining({ number: 7 }),
        syncedAt: '2026-01-02T00:00:01Z',
        runningAt: '2026-01-02T00:00:09Z',
      }),
      expect.objectContaining({ version: 'sha-1', kind: 'release', author: 'Lin' }),
    ]);
    expect(body.items[1]).not.toHaveProperty('previousVersion');
    expect(body.items[0]).not.toHaveProperty('sha');
  });

  it('answers panels with markers, and never asks Prometheus for another tenant', async () => {
    const start = '2026-01-01T00:00:00Z';
    const { body, status } = await get(
      `/releases/tenant-a/demo-api/panels/request-rate?start=${start}&end=2026-01-02T12:00:00Z&step=600`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      panelId: 'request-rate',
      unit: 'requests/s',
      step: 600,
      source: { id: 'prometheus', state: 'ok' },
      markers: [
        { version: 'sha-1' },
        { version: 'sha-2', previousVersion: 'sha-1', kind: 'release' },
      ],
    });
    expect(body.series.map(({ name }: { name: string }) => name)).toEqual(['ok', 'errors']);
    // NaN is a gap.
    expect(body.series[0].points).toHaveLength(2);
    for (const query of portal.prometheus.queries) {
      expect(query.get('query')).toContain('namespace="tenant-a"');
    }
  });

  it('answers log lines in order, with level and message', async () => {
    const { body } = await get('/releases/tenant-a/demo-api/logs?q=a%22b&limit=2');
    expect(body.truncated).toBe(true);
    expect(body.lines).toEqual([
      {
        time: '2026-01-02T00:00:00.000000003Z',
        level: 'unknown',
        message: 'plain text',
        labels: expect.anything(),
      },
      {
        time: '2026-01-02T00:00:00.000000002Z',
        level: 'info',
        message: 'GET /work 200',
        labels: expect.objectContaining({ pod: 'p-1' }),
      },
    ]);
    const { orgId, query } = portal.loki.queries.at(-1)!;
    expect(orgId).toBe('tenant-a');
    expect(query.get('query')).toBe('{namespace="tenant-a",app="demo-api"} |= "a\\"b"');
    expect(query.get('limit')).toBe('3');
  });

  it('filters, pages and picks fields', async () => {
    const first = await get('/releases?limit=1&fields=state,ring');
    expect(first.body).toMatchObject({
      items: [{ tenant: 'tenant-a', service: 'demo-api', state: 'in-sync', ring: 1 }],
      totalItems: 2,
    });
    expect(Object.keys(first.body.items[0])).toHaveLength(4);
    const second = await get(`/releases?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map(({ tenant }: { tenant: string }) => tenant)).toEqual(['tenant-b']);
    expect(second.body).not.toHaveProperty('nextCursor');
    const filtered = await get(
      '/releases?ring=2,3&state=in-sync&tier=standard&q=SHA-1&service=demo-api',
    );
    expect(filtered.body.items).toHaveLength(1);
    expect((await get('/releases?state=held')).body).toMatchObject({ items: [], totalItems: 0 });
  });

  it('answers every property of the contract that is asked for', async () => {
    const fields = Object.keys(releaseSchema.shape).join(',');
    const [some, whole] = await Promise.all([get(`/releases?fields=${fields}`), get('/releases')]);
    expect(some.status).toBe(200);
    expect(some.body.items).toEqual(whole.body.items);
  });

  it('lists some tenants, once each, and counts states', async () => {
    const some = await get('/releases?tenant=tenant-b,absent,tenant-b&fields=state');
    expect(some.body).toMatchObject({
      items: [{ tenant: 'tenant-b', service: 'demo-api', state: 'in-sync' }],
      totalItems: 1,
    });
    expect(some.body).not.toHaveProperty('counts');
    const counted = await get('/releases?limit=1&counts=true&state=held');
    expect(counted.body).toMatchObject({ totalItems: 0, counts: { 'in-sync': 2, held: 0 } });
  });

  it('answers 304 to a caller who has it, and only to that caller', async () => {
    const first = await get('/releases');
    const tag = first.get('ETag')!;
    expect((await get('/releases').set('If-None-Match', tag)).status).toBe(304);
    const other = await get('/releases')
      .set('If-None-Match', tag)
      .set('Authorization', mockCredentials.user.header('user:default/other'));
    expect(other.status).toBe(200);
  });

  it('lists versions, the newest first', async () => {
    const { body } = await get('/versions');
    expect(body.items).toEqual([
      {
        version: 'sha-2',
        services: ['demo-api'],
        tenants: 1,
        lastUsedAt: '2026-01-01T02:00:00.000Z',
        firstSeen: '2026-01-01T02:00:00.000Z',
        healthy: 1,
        measured: 0,
        ready: 1,
      },
      {
        version: 'sha-1',
        services: ['demo-api'],
        tenants: 1,
        lastUsedAt: '2026-01-01T01:00:00.000Z',
        firstSeen: '2026-01-01T00:00:00.000Z',
        healthy: 1,
        measured: 0,
        ready: 1,
      },
    ]);
  });

  it('lists the sources', async () => {
    const { body } = await get('/sources');
    expect(body.items.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['git', 'ok'],
      ['argocd:main', 'ok'],
      ['kubernetes:in-cluster', 'ok'],
      ['prometheus', 'ok'],
      ['loki', 'ok'],
    ]);
  });

  it('answers what Argo CD’s cards read', async () => {
    const { body } = await get('/argocd/applications/tenant-a');
    expect(body).toMatchObject({
      metadata: { name: 'tenant-a', namespace: 'argocd', instance: { name: 'main' } },
      status: {
        sync: { status: 'Synced' },
        health: { status: 'Healthy' },
        operationState: { startedAt: expect.any(String) },
        history: [{ id: 0, revision }],
      },
    });
    const metadata = await get(`/argocd/applications/tenant-a/revisions/${revision}/metadata`);
    expect(metadata.body).toEqual({
      author: 'Ada <ada@example.com>',
      date: '2026-01-01T00:00:00Z',
      message: 'bump',
    });
  });

  it.each([
    ['/releases?colour=red', 'colour'],
    ['/releases?limit=0', 'limit'],
    ['/releases?limit=1&limit=2', 'limit'],
    ['/releases?state=broken', 'state'],
    ['/releases?tenant=..%2Fclusters', 'tenant'],
    [`/releases?tenant=${Array(51).fill('tenant-a')}`, 'tenant'],
    ['/releases?counts=1', 'counts'],
    ['/releases?tier=gold', 'tier'],
    ['/releases?ring=ten', 'ring'],
    ['/releases?cursor=abc', 'cursor'],
    ['/releases?fields=password', 'fields'],
    ['/releases?__proto__=1', '__proto__'],
    [`/releases?q=${'x'.repeat(10_000)}`, 'q'],
    ['/releases/..%2Fclusters/demo-api', 'tenant'],
    ['/releases/__proto__/demo-api', 'tenant'],
    [`/releases/${'a'.repeat(10_000)}/demo-api`, 'tenant'],
    ['/releases/tenant-a/demo_api', 'service'],
    ['/releases/tenant-a/demo-api/history?cursor=5', 'cursor'],
    ['/releases/tenant-a/demo-api/history?limit=-1', 'limit'],
    ['/releases/tenant-a/demo-api/panels/request-rate?start=5&end=4', 'start'],
    ['/releases/tenant-a/demo-api/panels/request-rate?start=yesterday', 'start'],
    ['/releases/tenant-a/demo-api/panels/request-rate?start=0&end=700000', 'start'],
    ['/releases/tenant-a/demo-api/panels/request-rate?start=0&end=600000&step=1', 'step'],
    ['/releases/tenant-a/demo-api/panels/request-rate?step=0', 'step'],
    ['/releases/tenant-a/demo-api/panels/request-rate?query=up', 'query'],
    ['/releases/tenant-a/demo-api/logs?level=loud', 'level'],
    ['/releases/tenant-a/demo-api/logs?limit=1001', 'limit'],
    ['/releases/tenant-a/demo-api/logs?direction=up', 'direction'],
    ['/releases/tenant-a/demo-api/logs?version=a%0Ab', 'version'],
    ['/argocd/applications/tenant-a/revisions/HEAD/metadata', 'revision'],
  ])('refuses %s and names the parameter', async (path, name) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(`"${name}"`);
  });

  it.each([
    '/releases/absent/demo-api',
    '/releases/tenant-a/other',
    '/releases/kube-system/demo-api',
    '/releases/absent/demo-api/panels',
    '/releases/absent/demo-api/logs',
    '/releases/absent/demo-api/history',
    '/releases/tenant-a/demo-api/panels/heat',
    '/argocd/applications/absent',
  ])('answers 404 to %s', async path => {
    expect((await get(path)).status).toBe(404);
  });

  it.each([
    '/releases',
    '/releases/tenant-a/demo-api',
    '/releases/tenant-a/demo-api/history',
    '/releases/tenant-a/demo-api/panels',
    '/releases/tenant-a/demo-api/panels/request-rate',
    '/releases/tenant-a/demo-api/logs',
    '/versions',
    '/sources',
    '/sources/report',
    '/sources/entries',
    '/events',
    '/openapi.json',
    '/argocd/applications/tenant-a',
  ])('wants a signed-in caller for %s', async path => {
    const { status } = await get(path).set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });
});
