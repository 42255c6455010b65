import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import type { Fault, FakeServer } from './__testUtils__/FakeServer';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const release = '/releases/tenant-a/demo-api';
const views = [
  '/releases',
  release,
  `${release}/history`,
  `${release}/panels/request-rate`,
  `${release}/logs`,
  '/versions',
  '/sources',
  '/argocd/applications/tenant-a',
];

describe('with an upstream that fails', () => {
  let portal: TestPortal;

  const get = (path: string) => request(portal.server).get(`/api/tenant-releases${path}`);
  const states = async () => {
    const { body } = await get('/sources');
    return Object.fromEntries(
      body.items.map(({ kind, state }: { kind: string; state: string }) => [kind, state]),
    );
  };
  const everyOk = { git: 'ok', argocd: 'ok', kubernetes: 'ok', prometheus: 'ok', loki: 'ok' };

  /** Asks for every view at once; each has to answer within two seconds. */
  const viewAll = async () => {
    const answers = await Promise.all(
      views.map(async path => {
        const startedAt = Date.now();
        const { status, body, text } = await get(path);
        return { path, status, body, text, ms: Date.now() - startedAt };
      }),
    );
    expect(answers.filter(({ ms }) => ms > 2_000)).toEqual([]);
    for (const { text } of answers) {
      expect(text).not.toMatch(/127\.0\.0\.1|-token|secret-in-body/);
    }
    return new Map(answers.map(answer => [answer.path, answer]));
  };

  beforeAll(async () => {
    const upstreams = await startUpstreams();
    const revision = upstreams.github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
    });
    upstreams.argocd.set('tenant-a', { revision });
    upstreams.kubernetes.set('p', { tenant: 'tenant-a', version: 'sha-1' });
    portal = await startTestPortal(upstreams);
    await eventually(states, everyOk);
    await eventually(async () => (await get(release)).body.state, 'in-sync');
    await viewAll();
  });

  afterAll(() => portal.stop());

  const kinds = ['git', 'argocd', 'kubernetes', 'prometheus', 'loki'] as const;
  type Kind = (typeof kinds)[number];
  const upstream = (kind: Kind): FakeServer => (kind === 'git' ? portal.github : portal[kind]);
  const setFault = (broken: readonly Kind[], fault: Fault | undefined) => {
    for (const kind of broken) {
      upstream(kind).fault = fault && { fault };
      upstream(kind).dropConnections();
    }
  };
  const parts = new Set<Kind>(['git', 'argocd', 'kubernetes']);

  const faults: Array<[string, Fault, readonly Kind[]]> = [
    ['hangs', { kind: 'hang' }, kinds],
    ['answers HTML', { kind: 'html' }, kinds],
    ['answers 401', { kind: 'status', status: 401 }, kinds],
    ['answers 403', { kind: 'status', status: 403 }, kinds],
    ['answers 404', { kind: 'status', status: 404 }, kinds],
    ['answers 429', { kind: 'status', status: 429 }, kinds],
    ['cuts its answers', { kind: 'cut' }, kinds],
    ['resets in mid-body', { kind: 'reset' }, kinds],
    ...kinds.map((kind): [string, Fault, Kind[]] => [
      'answers 503',
      { kind: 'status', status: 503 },
      [kind],
    ]),
  ];

  it.each(faults)('that %s %j: views stay, say so, and recover', async (_, fault, broken) => {
    const isBroken = (kind: Kind) => broken.includes(kind);
    const expectedStates = Object.fromEntries(
      kinds.map(kind => [kind, isBroken(kind) ? 'down' : 'ok']),
    );
    setFault(broken, fault);
    const brokenAt = Date.now();
    await viewAll();
    expect(await eventually(states, expectedStates, 12_000)).toEqual(expectedStates);
    expect(Date.now() - brokenAt).toBeLessThan(10_000);

    const seen = await viewAll();
    expect(seen.get('/releases')?.body.items).toHaveLength(1);
    expect(seen.get(release)?.body).toMatchObject({
      desired: { version: 'sha-1' },
      synced: { version: 'sha-1', status: 'Synced' },
      running: [{ version: 'sha-1', pods: 1 }],
      state: 'in-sync',
    });
    const stale = broken.filter(kind => parts.has(kind));
    const codes = seen.get(release)?.body.reasons.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(stale.map(() => 'SOURCE_STALE'));
    expect('staleSeconds' in seen.get(release)?.body).toBe(stale.length > 0);
    expect(seen.get(`${release}/history`)?.body.items).toHaveLength(1);
    const sourceOf = (path: string) => seen.get(`${release}/${path}`)?.body.source?.state;
    expect(sourceOf('logs')).toBe(isBroken('loki') ? 'stale' : 'ok');
    expect(sourceOf('panels/request-rate')).toBe(isBroken('prometheus') ? 'stale' : 'ok');

    setFault(broken, undefined);
    const repairedAt = Date.now();
    expect(await eventually(states, everyOk, 12_000)).toEqual(everyOk);
    expect(Date.now() - repairedAt).toBeLessThan(10_000);
    expect((await get(release)).body).not.toHaveProperty('staleSeconds');
  });
});

describe('with upstreams that have never answered', () => {
  let portal: TestPortal;

  const get = (path: string) => request(portal.server).get(`/api/tenant-releases${path}`);

  afterEach(() => portal.stop());

  it('says unknown, never "not deployed"', async () => {
    const upstreams = await startUpstreams();
    upstreams.github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    upstreams.argocd.fault = { fault: { kind: 'hang' } };
    upstreams.kubernetes.fault = { fault: { kind: 'status', status: 500 } };
    upstreams.prometheus.fault = { fault: { kind: 'hang' } };
    portal = await startTestPortal(upstreams);
    const state = async () => (await get(release)).body.state;
    expect(await eventually(state, 'unknown')).toBe('unknown');
    const { body } = await get(release);
    expect(body.reasons.map(({ code }: { code: string }) => code)).toEqual([
      'SOURCE_STALE',
      'SOURCE_STALE',
    ]);
    const startedAt = Date.now();
    const panel = await get(`${release}/panels/cpu`);
    expect(panel.status).toBe(503);
    expect(panel.body.error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^Prometheus does not answer \(/),
    });
    expect((await get('/argocd/applications/tenant-a')).status).toBe(503);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  it('does not say that there is no such release before Git has answered', async () => {
    const upstreams = await startUpstreams();
    upstreams.github.fault = { fault: { kind: 'hang' } };
    portal = await startTestPortal(upstreams);
    expect((await get(release)).status).toBe(503);
    const { status, body } = await get('/releases');
    expect([status, body.items]).toEqual([200, []]);
    expect(body.sources[0]).toMatchObject({ kind: 'git', state: 'stale' });
    const git = async () => (await get('/sources')).body.items[0].error;
    expect(await eventually(git, 'timeout')).toBe('timeout');
  });

  it('answers a history within two seconds, whatever part of it cannot be read', async () => {
    const upstreams = await startUpstreams();
    const { github, argocd } = upstreams;
    const revision = github.commit({ [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1') });
    argocd.set('tenant-a', {
      revision,
      history: [{ revision, deployedAt: '2026-01-02T00:00:00Z' }],
    });
    github.fault = { fault: { kind: 'hang' }, path: /\/pulls$/ };
    argocd.fault = { fault: { kind: 'hang' }, path: /applications\/tenant-a$/ };
    portal = await startTestPortal(upstreams);
    await eventually(async () => (await get(release)).body.synced?.version, 'sha-1');
    const timed = async (path: string) => {
      const startedAt = Date.now();
      const { status, body } = await get(path);
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      return { status, body };
    };
    expect(await timed(`${release}/history`)).toMatchObject({
      status: 503,
      body: { error: { message: 'Git does not answer (timeout)' } },
    });
    github.fault = undefined;
    const history = () => timed(`${release}/history`);
    expect(await eventually(async () => (await history()).status, 200)).toBe(200);
    expect((await history()).body.items).toEqual([
      expect.not.objectContaining({ syncedAt: expect.anything() }),
    ]);
    expect((await timed('/argocd/applications/tenant-a')).body.status.history).toEqual([]);
    argocd.fault = undefined;
    const syncedAt = async () => (await history()).body.items[0].syncedAt;
    expect(await eventually(syncedAt, '2026-01-02T00:00:00Z')).toBe('2026-01-02T00:00:00Z');
  });
});
