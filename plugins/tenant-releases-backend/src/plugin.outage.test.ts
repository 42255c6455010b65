import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(60_000);

const release = '/releases/tenant-a/demo-api';
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

  it('does not tell meanwhile which Applications Argo CD has', async () => {
    const upstreams = await startUpstreams();
    upstreams.github.fault = { fault: { kind: 'hang' } };
    upstreams.argocd.set('tenant-b', {});
    const decide = (result: AuthorizeResult) => async (requests: unknown[]) =>
      requests.map(() => ({ result })) as never;
    let mayRead: AuthorizeResult = AuthorizeResult.ALLOW;
    portal = await startTestPortal(upstreams, {
      permissions: {
        authorize: decide(AuthorizeResult.DENY),
        authorizeConditional: requests => decide(mayRead)(requests),
      },
    });
    const statusOf = async (tenant: string) => (await get(`/releases/${tenant}/demo-api`)).status;
    expect(await eventually(() => statusOf('tenant-b'), 200)).toBe(200);
    mayRead = AuthorizeResult.DENY;
    const [there, absent] = await Promise.all(
      ['tenant-b', 'tenant-x'].map(tenant => get(`/releases/${tenant}/demo-api`)),
    );
    expect([there.status, absent.status]).toEqual([503, 503]);
    expect(there.text.replaceAll('tenant-b', 'tenant-x')).toBe(absent.text);
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
