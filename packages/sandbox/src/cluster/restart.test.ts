import { isPodReady } from './model/workloads';
import { TestCluster } from './testing/testCluster';
import { eventually } from './testing/eventually';

jest.setTimeout(40_000);

const cluster = new TestCluster();
beforeAll(() => cluster.start());
afterAll(() => cluster.close());

async function readyPod() {
  return eventually(async () => {
    const pods = await cluster.pods('shop');
    expect(pods.filter(isPodReady)).toHaveLength(1);
    return pods[0];
  });
}

it('comes up again with its objects, and with new pods', async () => {
  await cluster.createNamespace('shop');
  await cluster.deploy('shop');
  const before = await readyPod();
  const target = '/apis/apps/v1/namespaces/shop/deployments/web';
  const old = (await cluster.send('GET', target)).body;
  await cluster.stop();
  await cluster.start();
  const after = await readyPod();
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
  const kept = (await cluster.send('GET', target)).body;
  expect(kept.metadata.uid).toBe(old.metadata.uid);
  expect(kept.spec).toEqual(old.spec);
  expect(Number(kept.metadata.resourceVersion)).toBeGreaterThan(
    Number(old.metadata.resourceVersion),
  );
  const sets = await cluster.send<{ items: unknown[] }>(
    'GET',
    '/apis/apps/v1/namespaces/shop/replicasets',
  );
  expect(sets.body.items).toHaveLength(1);
});

it('tells watchers of the run before that their version is too old', async () => {
  const old = (await cluster.send('GET', '/api/v1/namespaces/shop')).body.metadata.resourceVersion;
  await cluster.stop();
  await cluster.start();
  const answer = await cluster.send<{ type: string; object: object }>(
    'GET',
    `/api/v1/namespaces?watch=1&resourceVersion=${old}`,
  );
  expect(answer).toMatchObject({
    status: 200,
    body: { type: 'ERROR', object: { code: 410, reason: 'Expired' } },
  });
});
