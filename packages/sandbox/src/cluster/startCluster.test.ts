import { Deployment, isPodReady, Pod } from './model/workloads';
import { TestCluster, containerStatus } from './testing/testCluster';
import { eventually } from './testing/eventually';

jest.setTimeout(40_000);

const cluster = new TestCluster();
beforeAll(() => cluster.start());
afterAll(() => cluster.close());

const deployments = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments`;
const deployment = async (namespace: string) =>
  (await cluster.send<Deployment>('GET', `${deployments(namespace)}/web`)).body;
const realPort = (pod: { metadata: { annotations?: Record<string, string> } }) =>
  Number(pod.metadata.annotations?.['sandbox.tenant-releases.io/port']);
const patch = (namespace: string, container: object) =>
  cluster.send('PATCH', `${deployments(namespace)}/web`, {
    type: 'application/strategic-merge-patch+json',
    body: { spec: { template: { spec: { containers: [{ name: 'web', ...container }] } } } },
  });
const isServing = (pod: Pod) =>
  fetch(`http://127.0.0.1:${realPort(pod)}/`).then(
    () => true,
    () => false,
  );

async function deployed(namespace: string, ...rest: [object?, object?, object?]) {
  await cluster.createNamespace(namespace);
  await cluster.deploy(namespace, ...(rest as []));
}

async function readyPods(namespace: string, count: number) {
  return eventually(async () => {
    const pods = await cluster.pods(namespace);
    expect(pods.filter(isPodReady)).toHaveLength(count);
    expect(pods).toHaveLength(count);
    return pods;
  });
}

it('runs pods that are soon ready, with the status of a real pod', async () => {
  const begun = Date.now();
  await deployed('run', { env: [{ name: 'TENANT', value: 'tenant-a' }] }, { replicas: 2 });
  const [pod] = await readyPods('run', 2);
  expect(Date.now() - begun).toBeLessThan(8000);
  expect(pod.status).toMatchObject({
    phase: 'Running',
    hostIP: '127.0.0.1',
    podIP: expect.stringMatching(/^10\.244\./),
    qosClass: 'BestEffort',
  });
  expect(containerStatus(pod)).toMatchObject({
    name: 'web',
    image: 'web:1',
    imageID: expect.stringMatching(/^web@sha256:[0-9a-f]{64}$/),
    containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt: expect.any(String) } },
  });
  const answer = await fetch(`http://127.0.0.1:${realPort(pod)}/`);
  expect(await answer.json()).toMatchObject({
    TENANT: 'tenant-a',
    VERSION: '1',
    COMMIT: 'c'.repeat(40),
    POD_NAME: pod.metadata.name,
    HOST: '127.0.0.1',
  });
  expect(await cluster.events('run', pod.metadata.name)).toEqual(
    expect.arrayContaining([
      `Scheduled: Successfully assigned run/${pod.metadata.name} to sandbox`,
      'Created: Container created',
      'Started: Container started',
    ]),
  );
});

it('rolls a new version out without ever having fewer ready pods', async () => {
  const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  await deployed('roll', {}, { replicas: 2, strategy });
  await readyPods('roll', 2);
  await patch('roll', { image: 'web:2' });
  const counts: number[] = [];
  await eventually(async () => {
    const pods = await cluster.pods('roll');
    counts.push(pods.filter(pod => isPodReady(pod) && !pod.metadata.deletionTimestamp).length);
    expect(pods.map(pod => pod.spec.containers[0].image)).toEqual(['web:2', 'web:2']);
    expect((await deployment('roll')).status).toMatchObject({
      updatedReplicas: 2,
      availableReplicas: 2,
    });
  });
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
});

it('waits for an image that is missing, in the words of the real kubelet, and goes on when it comes', async () => {
  await deployed('missing', { image: 'web:3' });
  const why =
    'rpc error: code = NotFound desc = failed to pull and unpack image "web:3": failed to resolve image: web:3: not found';
  const pod = await eventually(async () => {
    const [found] = await cluster.pods('missing');
    expect(containerStatus(found).state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "web:3": ErrImagePull: ${why}`,
    });
    return found;
  });
  expect(pod.status?.phase).toBe('Pending');
  expect(await cluster.events('missing', pod.metadata.name)).toEqual(
    expect.arrayContaining([
      'Pulling: Pulling image "web:3"',
      `Failed: Failed to pull image "web:3": ${why}`,
      'Failed: Error: ErrImagePull',
      'BackOff: Back-off pulling image "web:3"',
      'Failed: Error: ImagePullBackOff',
    ]),
  );
  const log = await cluster.send('GET', `/api/v1/namespaces/missing/pods/${pod.metadata.name}/log`);
  expect(log).toMatchObject({
    status: 400,
    body: {
      message: `container "web" in pod "${pod.metadata.name}" is waiting to start: trying and failing to pull image`,
    },
  });
  cluster.setImages('web:1', 'web:2', 'web:3');
  await readyPods('missing', 1);
});

it('restarts a container that crashes, later and later, and keeps the log of the run before', async () => {
  await deployed('crash', {
    env: [{ name: 'CRASH_AFTER', value: '50' }],
    readinessProbe: undefined,
  });
  const pod = await eventually(async () => {
    const [found] = await cluster.pods('crash');
    const status = containerStatus(found);
    expect(status.restartCount).toBeGreaterThanOrEqual(2);
    expect(status.state.waiting?.reason).toBe('CrashLoopBackOff');
    return found;
  });
  const { name, uid } = pod.metadata;
  expect(containerStatus(pod)).toMatchObject({
    ready: false,
    lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    state: {
      waiting: {
        message: expect.stringMatching(
          new RegExp(
            `^back-off \\S+ restarting failed container=web pod=${name}_crash\\(${uid}\\)$`,
          ),
        ),
      },
    },
  });
  const previous = await cluster.send(
    'GET',
    `/api/v1/namespaces/crash/pods/${name}/log?previous=true`,
  );
  expect(previous.body).toBe('starting 1\ncrashing\n');
  expect(await cluster.events('crash', name)).toContain(
    `BackOff: Back-off restarting failed container web in pod ${name}_crash(${uid})`,
  );
});

it('says that a container had not enough memory, and leaves the pods beside it alone', async () => {
  await deployed('beside');
  const [beside] = await readyPods('beside', 1);
  await deployed('greedy', {
    env: [{ name: 'GREEDY', value: '1' }],
    resources: { limits: { memory: '48Mi' } },
  });
  await eventually(async () => {
    const [pod] = await cluster.pods('greedy');
    expect(containerStatus(pod).lastState.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
  });
  const [after] = await cluster.pods('beside');
  expect(containerStatus(after)).toMatchObject({ restartCount: 0, ready: true });
  expect(after.metadata.uid).toBe(beside.metadata.uid);
  expect(await isServing(after)).toBe(true);
});

it('restarts a container whose liveness probe fails', async () => {
  const probe = {
    httpGet: { path: '/healthz', port: 8000 },
    periodSeconds: 1,
    // One answer that is late on a busy machine is no reason to restart it again.
    failureThreshold: 3,
  };
  await deployed('sick', { livenessProbe: probe });
  const [pod] = await readyPods('sick', 1);
  await fetch(`http://127.0.0.1:${realPort(pod)}/unhealthy`);
  await eventually(async () => {
    const [after] = await cluster.pods('sick');
    expect(after.metadata.uid).toBe(pod.metadata.uid);
    expect(containerStatus(after)).toMatchObject({ restartCount: 1, ready: true });
  });
  expect(await cluster.events('sick', pod.metadata.name)).toEqual(
    expect.arrayContaining([
      'Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500',
      'Killing: Container web failed liveness probe, will be restarted',
    ]),
  );
});

it('does not call a pod ready whose probe says no', async () => {
  await deployed('unready', { env: [{ name: 'READY', value: 'false' }] });
  const pod = await eventually(async () => {
    const [found] = await cluster.pods('unready');
    expect(await cluster.events('unready', found.metadata.name)).toContain(
      'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
    );
    return found;
  });
  expect(isPodReady(pod)).toBe(false);
  expect((await deployment('unready')).status?.availableReplicas).toBeUndefined();
});

it('ends a deleted pod softly, and by force when it does not listen', async () => {
  await deployed('end', { env: [{ name: 'IGNORE_TERM', value: '1' }] });
  const [pod] = await readyPods('end', 1);
  const target = `/api/v1/namespaces/end/pods/${pod.metadata.name}`;
  const deleted = await cluster.send('DELETE', `${target}?gracePeriodSeconds=1`);
  expect(deleted.body.metadata.deletionTimestamp).toBeDefined();
  expect(await isServing(pod)).toBe(true);
  await eventually(async () => expect((await cluster.send('GET', target)).status).toBe(404));
  expect(await isServing(pod)).toBe(false);
  await readyPods('end', 1);
});

it('empties a namespace that is deleted, and ends its pods', async () => {
  await deployed('gone');
  const [pod] = await readyPods('gone', 1);
  expect(await isServing(pod)).toBe(true);
  const deleted = await cluster.send('DELETE', '/api/v1/namespaces/gone');
  expect(deleted.body.status).toEqual({ phase: 'Terminating' });
  await eventually(async () =>
    expect((await cluster.send('GET', '/api/v1/namespaces/gone')).status).toBe(404),
  );
  expect(await isServing(pod)).toBe(false);
});

it('passes requests on to pods and services, for administrators', async () => {
  await deployed('proxy');
  const [pod] = await readyPods('proxy', 1);
  const body = {
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
  await cluster.send('POST', '/api/v1/namespaces/proxy/services', { body });
  const pods = '/api/v1/namespaces/proxy/pods';
  const services = '/api/v1/namespaces/proxy/services';
  for (const target of [
    `${pods}/${pod.metadata.name}:8000/proxy/work`,
    `${pods}/${pod.metadata.name}/proxy/work`,
    `${services}/web:80/proxy/work`,
    `${services}/http:web:http/proxy/work`,
  ]) {
    const answer = await cluster.send<Record<string, string>>('GET', target);
    expect(answer.status).toBe(200);
    expect(answer.body.POD_NAME).toBe(pod.metadata.name);
  }
  expect((await cluster.send('GET', `${services}/web:81/proxy/`)).status).toBe(503);
  const { kubernetes: token } = cluster.settings.tokens;
  expect((await cluster.send('GET', `${services}/web:80/proxy/`, { token })).status).toBe(403);
});

it('names the pods that want to be scraped, and what they use', async () => {
  const annotated = { metadata: { name: 'web', annotations: { 'prometheus.io/scrape': 'true' } } };
  await deployed('scrape', {}, {}, {});
  await cluster.send('POST', '/api/v1/namespaces/scrape/services', {
    body: { ...annotated, spec: { selector: { app: 'web' }, ports: [{ port: 8000 }] } },
  });
  const [pod] = await readyPods('scrape', 1);
  const targets = await cluster.send<unknown>('GET', '/prometheus/targets', { token: null });
  expect(targets).toEqual({
    status: 200,
    contentType: 'application/json',
    body: [
      {
        targets: [`127.0.0.1:${realPort(pod)}`],
        labels: {
          __metrics_path__: '/metrics',
          job: 'web',
          namespace: 'scrape',
          pod: pod.metadata.name,
          service: 'web',
          version: '1',
        },
      },
    ],
  });
  const metrics = await cluster.send<{ items: { containers: unknown }[] }>(
    'GET',
    '/apis/metrics.k8s.io/v1beta1/namespaces/scrape/pods',
  );
  const usage = {
    cpu: expect.stringMatching(/^\d+n$/),
    memory: expect.stringMatching(/^\d{4,}Ki$/),
  };
  expect(metrics.body.items.map(item => item.containers)).toEqual([[{ name: 'web', usage }]]);
});

it('ends its pods when it is closed', async () => {
  const { body } = await cluster.send<{ items: Pod[] }>('GET', '/api/v1/pods');
  const ready = body.items.filter(isPodReady);
  expect(ready.length).toBeGreaterThan(3);
  await cluster.stop();
  expect(await Promise.all(ready.map(isServing))).toEqual(ready.map(() => false));
  await cluster.start();
});
