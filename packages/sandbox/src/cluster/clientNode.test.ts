import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  Log,
  V1Pod,
  Watch,
  makeInformer,
} from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { startKubernetes } from '../kubernetes';
import { RunningServer } from '../settings';
import { TestCluster } from './testing/testCluster';
import { eventually } from './testing/eventually';

jest.setTimeout(40_000);

const cluster = new TestCluster();
let front: RunningServer;

/** A client configured as the portal's, through the public port. */
function client(token = cluster.settings.tokens.kubernetes): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'in-cluster', server: front.url, skipTLSVerify: true }],
    users: [{ name: 'portal', token }],
    contexts: [{ name: 'x', cluster: 'in-cluster', user: 'portal' }],
    currentContext: 'x',
  });
  return config;
}

async function startFront() {
  const { port } = new URL(cluster.url);
  const ports = { ...cluster.settings.ports, cluster: Number(port) };
  const same = front ? Number(new URL(front.url).port) : 0;
  front = await startKubernetes({ ...cluster.settings, ports: { ...ports, kubernetes: same } });
}

beforeAll(async () => {
  await cluster.start();
  await startFront();
  await cluster.createNamespace('shop');
  await cluster.deploy('shop', {}, { replicas: 2 });
});
afterAll(async () => {
  await front.close();
  await cluster.close();
});

const readyNames = (pods: readonly V1Pod[]) =>
  pods
    .filter(pod =>
      pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    )
    .map(pod => pod.metadata?.name)
    .sort();

it('lists and reads typed objects', async () => {
  const apps = client().makeApiClient(AppsV1Api);
  const list = await apps.listNamespacedDeployment({ namespace: 'shop' });
  expect(list.items.map(item => item.metadata?.name)).toEqual(['web']);
  expect(list.items[0].metadata?.creationTimestamp).toBeInstanceOf(Date);
  await expect(
    client().makeApiClient(CoreV1Api).readNamespacedPod({ namespace: 'shop', name: 'none' }),
  ).rejects.toMatchObject({ code: 404 });
});

it('informs of labelled pods, and goes on after the API was away', async () => {
  const config = client();
  const core = config.makeApiClient(CoreV1Api);
  const labelSelector = 'app=web';
  const informer = makeInformer<V1Pod>(
    config,
    '/api/v1/pods',
    () => core.listPodForAllNamespaces({ labelSelector }),
    labelSelector,
  );
  let restart: NodeJS.Timeout | undefined;
  let stopped = false;
  informer.on('error', () => {
    restart = setTimeout(() => !stopped && informer.start(), 100);
  });
  await informer.start();
  await eventually(() => expect(readyNames(informer.list())).toHaveLength(2));

  await front.close();
  const [before] = await cluster.pods('shop');
  await cluster.send('DELETE', `/api/v1/namespaces/shop/pods/${before.metadata.name}`);
  await startFront();

  await eventually(() => {
    const names = readyNames(informer.list());
    expect(names).toHaveLength(2);
    expect(names).not.toContain(before.metadata.name);
  }, 20_000);
  stopped = true;
  clearTimeout(restart);
  await informer.stop();
});

it('watches from a version on', async () => {
  const config = client();
  const list = await config.makeApiClient(CoreV1Api).listNamespace();
  const seen: string[] = [];
  const stop = await new Watch(config).watch(
    '/api/v1/namespaces',
    { resourceVersion: list.metadata?.resourceVersion },
    (type, object: { metadata: { name: string } }) => seen.push(`${type} ${object.metadata.name}`),
    () => undefined,
  );
  await cluster.createNamespace('watched');
  await eventually(() => expect(seen).toContain('ADDED watched'));
  stop.abort();
});

it('follows a log to the end of its pod', async () => {
  const pod = await eventually(async () => {
    const [found] = readyNames(
      (await client().makeApiClient(CoreV1Api).listNamespacedPod({ namespace: 'shop' })).items,
    );
    expect(found).toBeDefined();
    return found!;
  });
  const stream = new PassThrough();
  let text = '';
  stream.on('data', chunk => {
    text += String(chunk);
  });
  const ended = new Promise(resolve => stream.once('end', resolve));
  await new Log(client()).log('shop', pod, 'web', stream, { follow: true });
  await eventually(() => expect(text).toContain('starting 1\n'));
  const target = `/api/v1/namespaces/shop/pods/${pod}:8000/proxy/work`;
  await cluster.send('GET', target);
  await eventually(() => expect(text).toContain('GET /work 200\n'));
  await cluster.send('DELETE', `/api/v1/namespaces/shop/pods/${pod}`);
  await ended;
  expect(text).toMatch(/stopping\n$/);
});

it('gives logs with the options that the portal and kubectl use', async () => {
  const core = client().makeApiClient(CoreV1Api);
  const name = await eventually(async () => {
    const pods = (await core.listNamespacedPod({ namespace: 'shop' })).items;
    const [found] = readyNames(pods.filter(pod => !pod.metadata?.deletionTimestamp));
    expect(found).toBeDefined();
    return found!;
  });
  const read = (options: object) =>
    core.readNamespacedPodLog({ namespace: 'shop', name, ...options });
  expect(await read({})).toMatch(/^starting 1\n/);
  expect(await read({ tailLines: 0 })).toBe('');
  expect(await read({ limitBytes: 4 })).toBe('star');
  expect(await read({ timestamps: true })).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z starting 1\n/,
  );
  expect(await read({ container: 'web', sinceSeconds: 3600 })).toMatch(/^starting 1\n/);
  const refused = async (query: string) =>
    await cluster.send<{ message: string }>(
      'GET',
      `/api/v1/namespaces/shop/pods/${name}/log?${query}`,
    );
  expect(await refused('previous=true')).toMatchObject({
    status: 400,
    body: { message: `previous terminated container "web" in pod "${name}" not found` },
  });
  expect(await refused('container=none')).toMatchObject({
    status: 400,
    body: { message: `container none is not valid for pod ${name}` },
  });
  expect((await refused('tailLines=-1')).status).toBe(422);
  expect((await refused('sinceTime=yesterday')).status).toBe(422);
});
