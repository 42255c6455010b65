import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { FakeProxy } from '@internal/gitops/testUtils';
import { tenantFile, tenantPath } from './__testUtils__/FakeGithub';
import { startTestPortal, startUpstreams, type TestPortal } from './__testUtils__/startTestPortal';

jest.setTimeout(30_000);

/** Many companies let nothing out but through a proxy. */
describe('a proxy of the environment', () => {
  const before = { ...process.env };
  const log: string[] = [];
  let proxy: FakeProxy;
  let portal: TestPortal;

  beforeAll(async () => {
    proxy = await new FakeProxy().start();
    process.env.NODE_USE_ENV_PROXY = '1';
    process.env.HTTP_PROXY = proxy.url();
    delete process.env.NO_PROXY;
    delete process.env.no_proxy;
    const upstreams = await startUpstreams();
    const revision = upstreams.github.commit({
      [tenantPath('tenant-a')]: tenantFile('tenant-a', 'sha-1'),
    });
    upstreams.argocd.set('tenant-a', { revision });
    upstreams.kubernetes.set('p', { tenant: 'tenant-a', version: 'sha-1' });
    const write = (...words: unknown[]) => log.push(words.map(String).join(' '));
    portal = await startTestPortal(upstreams, {
      logger: { info: write, warn: write, error: write, debug: write },
    });
  });

  afterAll(async () => {
    await portal.stop();
    await proxy.stop();
    process.env = before;
  });

  it('carries every upstream, lists and watches alike, and its password is never logged', async () => {
    const get = async (path: string) =>
      (await request(portal.server).get(`/api/tenant-releases${path}`)).body;
    const states = async () => (await get('/sources')).items.map((one: any) => one.state);
    const ok = ['ok', 'ok', 'ok', 'ok', 'ok'];
    expect(await eventually(states, ok)).toEqual(ok);
    const state = async () => (await get('/releases/tenant-a/demo-api')).state;
    expect(await eventually(state, 'in-sync')).toBe('in-sync');
    // A change that only the watch tells.
    portal.kubernetes.set('p', { tenant: 'tenant-a', version: 'sha-2' });
    const running = async () => (await get('/releases/tenant-a/demo-api')).running[0].version;
    expect(await eventually(running, 'sha-2')).toBe('sha-2');
    for (const { url, requests } of [
      portal.github,
      portal.argocd,
      portal.kubernetes,
      portal.prometheus,
      portal.loki,
    ]) {
      const through = proxy.requests.filter(line => line.includes(` ${url}/`));
      expect(through.length).toBeGreaterThanOrEqual(requests.length);
    }
    expect(log.filter(line => /proxy-secret|proxy-user/.test(line))).toEqual([]);
  });
});
