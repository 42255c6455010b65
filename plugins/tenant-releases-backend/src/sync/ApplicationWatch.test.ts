import { mockServices } from '@backstage/backend-test-utils';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../__testUtils__/eventually';
import { FakeArgocd } from '../__testUtils__/FakeArgocd';
import { ApplicationWatch } from './ApplicationWatch';
import { ArgocdClient } from './ArgocdClient';

const revision = 'a'.repeat(40);
const next = 'b'.repeat(40);

describe('ApplicationWatch', () => {
  const logger = mockServices.logger.mock();
  let argocd: FakeArgocd;
  let watch: ApplicationWatch;

  const create = (options: { relistMs?: number; token?: string } = {}) => {
    const api = new ArgocdClient({ url: argocd.url, token: options.token ?? 'argocd-token' });
    return new ApplicationWatch({
      name: 'main',
      api,
      logger,
      isGitops: () => true,
      tenantOfFile: () => undefined,
      relistMs: options.relistMs,
    });
  };
  const known = () =>
    watch.store
      .values()
      .map(({ name, sync }) => `${name} ${sync.status}`)
      .sort();
  const acme = () => watch.store.get('argocd/acme')!;
  const lists = () =>
    argocd.requests.filter(line => line.startsWith('GET /api/v1/applications?')).length;
  const isOpen = () => argocd.openStreams > 0;

  beforeEach(async () => {
    jest.clearAllMocks();
    argocd = await new FakeArgocd().start();
    argocd.set('acme', { revision, images: ['ghcr.io/acme/demo-api:sha-1'] });
    argocd.set('globex', { revision });
    watch = create();
    watch.start();
    await eventually(known, ['acme Synced', 'globex Synced']);
    await eventually(isOpen, true);
  });

  afterEach(async () => {
    await watch.stop();
    await argocd.stop();
  });

  it('costs one list with fields, one stream and the probe', () => {
    const paths = argocd.requests.map(line => line.split('?')[0]);
    expect(paths.sort()).toEqual([
      'GET /api/v1/applications',
      'GET /api/v1/stream/applications',
      'GET /api/version',
    ]);
    expect(argocd.requests.join()).toContain('items.status.operationState.operation.sync');
  });

  it('follows changes and tells who is concerned', async () => {
    const told: unknown[] = [];
    watch.changes.subscribe(tenants => told.push(tenants));
    argocd.set('acme', {
      revision: next,
      sync: 'OutOfSync',
      history: [{ revision, deployedAt: 'd' }],
    });
    argocd.delete('globex');
    argocd.set('initech', { revision });
    const expected = ['acme OutOfSync', 'initech Synced'];
    expect(await eventually(known, expected)).toEqual(expected);
    expect(told).toEqual([['acme'], ['globex'], ['initech']]);
    // Events carry whole Applications.
    expect(watch.store.get('argocd/acme')).toMatchObject({
      sync: { revision: next },
      details: { history: [{ revision }] },
    });
  });

  it('ignores repeated events and such that come late', async () => {
    argocd.set('acme', { sync: 'OutOfSync' }, 200);
    argocd.emit('MODIFIED', 'acme', { sync: 'Synced' }, 199);
    argocd.emit('DELETED', 'globex', {}, 50);
    argocd.emit('MODIFIED', 'acme', { sync: 'OutOfSync' }, 200);
    argocd.set('last', {}, 201);
    const expected = ['acme OutOfSync', 'globex Synced', 'last Synced'];
    expect(await eventually(known, expected)).toEqual(expected);
  });

  it('finds with the next list what the stream has dropped, and deletions', async () => {
    await watch.stop();
    watch = create({ relistMs: 100 });
    watch.start();
    await eventually(known, ['acme Synced', 'globex Synced']);
    argocd.dropsEvents = true;
    argocd.delete('globex');
    argocd.set('acme', { sync: 'OutOfSync' });
    expect(await eventually(known, ['acme OutOfSync'])).toEqual(['acme OutOfSync']);
  });

  it('lists again after the stream was cut, and misses nothing', async () => {
    const before = lists();
    argocd.dropsEvents = true;
    argocd.set('acme', { sync: 'OutOfSync' });
    argocd.delete('globex');
    argocd.dropConnections();
    expect(await eventually(known, ['acme OutOfSync'])).toEqual(['acme OutOfSync']);
    expect(lists()).toBe(before + 1);
    expect(watch.monitor.status().state).toBe('ok');
  });

  it('follows an Argo CD that was set up anew and counts from the beginning', async () => {
    argocd.set('acme', { sync: 'OutOfSync' }, 5_000);
    await eventually(known, ['acme OutOfSync', 'globex Synced']);
    argocd.reset();
    argocd.set('initech', {});
    argocd.dropConnections();
    expect(await eventually(known, ['initech Synced'], 10_000)).toEqual(['initech Synced']);
  }, 20_000);

  it('leaves a change that came while details were read', async () => {
    argocd.dropsEvents = true;
    argocd.set('acme', { sync: 'OutOfSync' }, 150);
    argocd.dropConnections();
    await eventually(known, ['acme OutOfSync', 'globex Synced']);
    argocd.fault = { fault: { kind: 'late', ms: 300 }, path: /applications\/acme/ };
    await eventually(isOpen, true);
    const singles = () =>
      argocd.requests.filter(line => line.includes('/applications/acme?')).length;
    const reading = watch.readDetails(acme());
    await eventually(singles, 1);
    argocd.dropsEvents = false;
    argocd.set('acme', { sync: 'Synced' }, 160);
    await eventually(known, ['acme Synced', 'globex Synced']);
    expect(await reading).toMatchObject({ sync: { status: 'Synced' } });
    expect(known()).toEqual(['acme Synced', 'globex Synced']);
  });

  it('keeps what it knows while Argo CD is away, says so once, and recovers', async () => {
    await argocd.stop();
    const state = () => watch.monitor.status().state;
    expect(await eventually(state, 'down' as const, 10_000)).toBe('down');
    await delay(1_500);
    expect(known()).toEqual(['acme Synced', 'globex Synced']);
    expect(watch.monitor.status()).toMatchObject({ error: 'unreachable' });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(/argocd-token|127\.0\.0\.1/);

    argocd.delete('globex');
    await argocd.start();
    expect(await eventually(known, ['acme Synced'], 10_000)).toEqual(['acme Synced']);
    expect(await eventually(state, 'ok' as const)).toBe('ok');
    expect(logger.info).toHaveBeenCalledTimes(1);
  }, 30_000);

  it('notices a server that hangs although the stream stands, and recovers', async () => {
    argocd.fault = { fault: { kind: 'hang' } };
    const state = () => watch.monitor.status().state;
    const startedAt = Date.now();
    expect(await eventually(state, 'down' as const, 12_000)).toBe('down');
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(watch.monitor.status().error).toBe('timeout');
    argocd.fault = undefined;
    argocd.set('acme', { sync: 'OutOfSync' });
    expect(await eventually(state, 'ok' as const, 10_000)).toBe('ok');
    const expected = ['acme OutOfSync', 'globex Synced'];
    expect(await eventually(known, expected)).toEqual(expected);
  }, 40_000);

  it('says that its token is refused', async () => {
    await watch.stop();
    watch = create({ token: 'wrong' });
    watch.start();
    const state = () => watch.monitor.status().error;
    expect(await eventually(state, 'unauthorized' as const)).toBe('unauthorized');
    expect(watch.monitor.hasAnswered).toBe(false);
  });

  it('reads details once, and keeps them with the next list of the same state', async () => {
    argocd.dropsEvents = true;
    argocd.set('acme', { revision, phase: 'Failed', message: 'quota', sync: 'OutOfSync' });
    argocd.dropConnections();
    await eventually(known, ['acme OutOfSync', 'globex Synced']);
    expect(watch.store.get('argocd/acme')?.operation?.message).toBeUndefined();
    const record = await watch.readDetails(acme());
    expect(record?.operation?.message).toBe('quota');
    argocd.dropConnections();
    await delay(600);
    expect(watch.store.get('argocd/acme')?.operation?.message).toBe('quota');
    const singles = argocd.requests.filter(line => line.includes('/applications/acme?'));
    await watch.readDetails(acme());
    expect(singles).toHaveLength(1);
    expect(await watch.readDetails({ ...acme(), name: 'absent' })).toBeUndefined();
  });
});
