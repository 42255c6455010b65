import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

const revision = 'f'.repeat(40);
const nodes = (health: string) => [
  {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    name: 'demo-api',
    health: { status: health },
  },
];

describe('the resources of a release', () => {
  let portal: TestPortal;

  const get = (tenant = 'tenant-a') =>
    request(portal.server).get(`/api/tenant-releases/releases/${tenant}/demo-api/resources`);
  const calls = () =>
    portal.argocd.requests.filter(line => /resource/.test(line.split('?')[0])).length;
  const health = async () => (await get()).body.items?.[0]?.health.status;
  const set = (status: string, images: string[] = []) =>
    portal.argocd.set('tenant-a', { revision, images, tree: { nodes: nodes(status) } });

  beforeEach(async () => {
    const upstreams = await startUpstreams();
    for (const name of ['tenant-a', 'tenant-b']) {
      upstreams.github.commit({ [tenantPath(name)]: tenantFile(name, 'sha-1') });
    }
    upstreams.argocd.set('tenant-a', { revision, tree: { nodes: nodes('Healthy') } });
    portal = await startTestPortal(upstreams);
    await eventually(health, 'Healthy');
  });

  afterEach(() => portal.stop());

  it('are told with the time they are from', async () => {
    const { body } = await get();
    expect(body).toEqual({
      application: 'tenant-a',
      truncated: false,
      checkedAt: expect.any(String),
      source: expect.objectContaining({ id: 'argocd:main', state: 'ok' }),
      items: [
        {
          id: 'apps/Deployment//demo-api',
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          name: 'demo-api',
          managed: false,
          health: { status: 'Healthy' },
        },
      ],
    });
    expect(Date.now() - Date.parse(body.checkedAt)).toBeLessThan(10_000);
  });

  it('cost two calls after each change of the Application or its pods, and none else', async () => {
    const before = calls();
    await Promise.all([get(), get(), get()]);
    expect(calls()).toBe(before);
    set('Degraded', ['ghcr.io/acme/demo-api:sha-2']);
    expect(await eventually(health, 'Degraded')).toBe('Degraded');
    expect(calls()).toBe(before + 2);
    portal.kubernetes.set('p', { tenant: 'tenant-a', version: 'sha-1' });
    const callsNow = async () => (await get()) && calls();
    expect(await eventually(callsNow, before + 4)).toBe(before + 4);
    await get();
    expect(calls()).toBe(before + 4);
  });

  it('are the last known ones, with their age, while Argo CD does not answer', async () => {
    portal.argocd.fault = { fault: { kind: 'hang' }, path: /resource/ };
    set('Degraded', ['ghcr.io/acme/demo-api:sha-2']);
    const state = async () => (await get()).body.source.state;
    expect(await eventually(state, 'stale')).toBe('stale');
    const { body } = await get();
    expect(body.items[0].health.status).toBe('Healthy');
    expect(body.source).toMatchObject({ error: 'timeout', ageSeconds: expect.any(Number) });
    portal.argocd.fault = undefined;
    portal.argocd.dropConnections();
    expect(await eventually(health, 'Degraded', 15_000)).toBe('Degraded');
  });

  it('are a typed error when nothing is known', async () => {
    portal.argocd.fault = { fault: { kind: 'html' }, path: /resource/ };
    portal.argocd.set('tenant-b', { revision });
    const status = async () => (await get('tenant-b')).status;
    expect(await eventually(status, 503)).toBe(503);
    expect((await get('tenant-b')).body.error.message).toBe('Argo CD does not answer (bad-answer)');
  });

  it('are not there without an Application', async () => {
    expect((await get('tenant-b')).status).toBe(404);
    expect((await get('absent')).status).toBe(404);
  });
});
