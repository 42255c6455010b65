import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { KubernetesClient } from './KubernetesClient';
import { PodWatch } from './PodWatch';
import { RunningIndex } from './RunningIndex';

const place = { namespace: 'acme', tenant: 'acme', service: 'demo-api' };

describe('RunningIndex', () => {
  const logger = mockServices.logger.mock();
  let kubernetes: FakeKubernetes;
  let index: RunningIndex;

  const create = (relistMs?: number) => {
    const api = new KubernetesClient({
      name: 'one',
      url: kubernetes.url,
      token: 'kubernetes-token',
      skipTlsVerify: false,
    });
    return new RunningIndex([new PodWatch({ name: 'one', api, logger, relistMs })]);
  };
  const versions = () =>
    index
      .pods('one', place)
      .map(({ version, ready }) => `${version}${ready ? '' : '!'}`)
      .sort();
  const isOpen = () => kubernetes.openWatches > 0;

  beforeEach(async () => {
    kubernetes = await new FakeKubernetes().start();
    kubernetes.set('p1', { tenant: 'acme', version: 'sha-1' });
    kubernetes.set('p2', { tenant: 'globex', version: 'sha-1' });
    index = create();
    index.start();
    await eventually(versions, ['sha-1']);
    await eventually(isOpen, true);
  });

  afterEach(async () => {
    await index.stop();
    await kubernetes.stop();
  });

  it('asks for labelled pods only: one list, one watch from its version, the probe', () => {
    expect(kubernetes.requests.map(line => line.replace(/&timeoutSeconds=\d+/, '')).sort()).toEqual(
      [
        'GET /api/v1/pods?labelSelector=tenant-releases.io%2Fservice&limit=500',
        'GET /api/v1/pods?labelSelector=tenant-releases.io%2Fservice&watch=true&allowWatchBookmarks=true&resourceVersion=102',
        'GET /version',
      ],
    );
  });

  it('follows a rollout and tells whom it concerns', async () => {
    const told: unknown[] = [];
    index.changes.subscribe(tenants => told.push(tenants));
    kubernetes.set('p3', { tenant: 'acme', version: 'sha-2', ready: false });
    expect(await eventually(versions, ['sha-1', 'sha-2!'])).toEqual(['sha-1', 'sha-2!']);
    kubernetes.set('p3', { tenant: 'acme', version: 'sha-2' });
    kubernetes.set('p1', { tenant: 'acme', version: 'sha-1', deleting: true });
    expect(await eventually(versions, ['sha-2'])).toEqual(['sha-2']);
    kubernetes.delete('p1');
    kubernetes.delete('p3');
    expect(await eventually(versions, [])).toEqual([]);
    expect(new Set(told.flat())).toEqual(new Set(['acme']));
  });

  it('does not take pods of another namespace for the tenant’s', async () => {
    kubernetes.set('evil', { tenant: 'acme', namespace: 'globex', version: 'sha-9' });
    kubernetes.set('p4', { tenant: 'acme', version: 'sha-1' });
    expect(await eventually(versions, ['sha-1', 'sha-1'])).toEqual(['sha-1', 'sha-1']);
  });

  it('lists again when its version is too old, without calling it a failure', async () => {
    logger.warn.mockClear();
    kubernetes.dropsEvents = true;
    kubernetes.set('p1', { tenant: 'acme', version: 'sha-7' });
    kubernetes.send({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
    expect(await eventually(versions, ['sha-7'])).toEqual(['sha-7']);
    expect(index.statuses()).toMatchObject([{ state: 'ok' }]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    ['another error of the watch', { type: 'ERROR', object: { code: 500 } }],
    ['an event of another shape', { kind: 'APIStatus' }],
  ])('starts over after %s', async (_, event) => {
    kubernetes.dropsEvents = true;
    kubernetes.set('p1', { tenant: 'acme', version: 'sha-7' });
    kubernetes.send(event);
    expect(await eventually(versions, ['sha-7'])).toEqual(['sha-7']);
  });

  it('passes over bookmarks and pods that it cannot read', async () => {
    kubernetes.send({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '500' } } });
    kubernetes.send({ type: 'ADDED', object: { metadata: {} } });
    kubernetes.set('p5', { tenant: 'acme', version: 'sha-1' });
    expect(await eventually(versions, ['sha-1', 'sha-1'])).toEqual(['sha-1', 'sha-1']);
  });

  it('finds with the next list what the watch has missed', async () => {
    await index.stop();
    index = create(100);
    index.start();
    await eventually(versions, ['sha-1']);
    kubernetes.dropsEvents = true;
    kubernetes.delete('p1');
    expect(await eventually(versions, [])).toEqual([]);
  });

  it('keeps the pods while Kubernetes is away, and recovers', async () => {
    await kubernetes.stop();
    const state = () => index.statuses()[0].state;
    expect(await eventually(state, 'down' as const, 10_000)).toBe('down');
    expect(versions()).toEqual(['sha-1']);
    expect(index.freshness('one').state).toBe('stale');
    kubernetes.set('p1', { tenant: 'acme', version: 'sha-2' });
    await kubernetes.start();
    expect(await eventually(versions, ['sha-2'], 10_000)).toEqual(['sha-2']);
    expect(await eventually(state, 'ok' as const)).toBe('ok');
  }, 30_000);

  it('takes any cluster for a destination that none is named after', () => {
    expect(index.pods('elsewhere', place)).toHaveLength(1);
    expect(index.pods(undefined, place)).toHaveLength(1);
    expect(new RunningIndex([]).freshness('one').state).toBe('unknown');
  });
});
