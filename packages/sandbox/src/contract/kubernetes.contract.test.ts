/** Holds our Kubernetes to answers that a real API server 1.36.4 gave. */
import { isPodReady } from '../cluster/model/workloads';
import { until } from '../cluster/testing/eventually';
import { TestCluster, containerStatus } from '../cluster/testing/testCluster';
import { lacking } from './lacking';
import deploymentAbsent from './recorded/kubernetes/deployment-absent.json';
import deployments from './recorded/kubernetes/deployments.json';
import events from './recorded/kubernetes/events.json';
import forbidden from './recorded/kubernetes/forbidden.json';
import noToken from './recorded/kubernetes/no-token.json';
import pods from './recorded/kubernetes/pods.json';
import podsImageMissing from './recorded/kubernetes/pods-image-missing.json';
import replicaSets from './recorded/kubernetes/replicasets.json';
import version from './recorded/kubernetes/version.json';

jest.setTimeout(40_000);

interface Recording {
  request: string;
  status: number;
  contentType: string;
  body: unknown;
}

const image = (tag: string) => `registry.example.com/demo/web:${tag}`;
const cluster = new TestCluster();

/** The Deployment of the recording, as it was applied. */
function manifest(namespace: string, tag: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace,
      labels: { app: 'web' },
      annotations: {
        'argocd.argoproj.io/tracking-id': `${namespace}:apps/Deployment:${namespace}/web`,
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'web',
              image: image(tag),
              ports: [{ name: 'http', containerPort: 8080 }],
              resources: { limits: { memory: '64Mi' }, requests: { cpu: '50m', memory: '64Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  };
}

async function apply(namespace: string, tag: string): Promise<void> {
  await cluster.send(
    'PATCH',
    `/apis/apps/v1/namespaces/${namespace}/deployments/web?fieldManager=argocd-controller`,
    { type: 'application/apply-patch+yaml', body: manifest(namespace, tag) },
  );
}

async function answer(recording: Recording, token?: string | null) {
  const [method, path] = recording.request.split(' ');
  return cluster.send<unknown>(method, path, token === undefined ? {} : { token });
}

beforeAll(async () => {
  await cluster.start();
  cluster.setImages(image('1.0.0'), image('1.1.0'));
  for (const namespace of ['smoke', 'smoke-missing']) {
    await cluster.createNamespace(namespace);
  }
  await apply('smoke', '1.0.0');
  await until(async () => (await cluster.pods('smoke')).filter(isPodReady).length === 2);
  await apply('smoke', '1.1.0');
  await apply('smoke-missing', '1.2.0-missing');
  await until(async () => {
    const running = await cluster.pods('smoke');
    const [missing] = await cluster.pods('smoke-missing');
    return (
      running.length === 2 &&
      running.every(pod => isPodReady(pod) && pod.spec.containers[0].image === image('1.1.0')) &&
      containerStatus(missing).state.waiting?.reason === 'ImagePullBackOff'
    );
  });
});
afterAll(() => cluster.close());

it.each<[string, Recording, string | null | undefined]>([
  ['an object that is absent', deploymentAbsent, undefined],
  ['a caller without a token', noToken, null],
  ['a caller with a wrong token', noToken, 'nobody'],
])('answers %s with exactly the same', async (_, recording, token) => {
  const ours = await answer(recording, token);
  expect(ours).toEqual({
    status: recording.status,
    contentType: recording.contentType,
    body: recording.body,
  });
});

it('answers a caller who may not with the same words', async () => {
  // The recorded account may nothing, ours may read all but secrets.
  const secrets = JSON.parse(JSON.stringify(forbidden).replaceAll('pods', 'secrets')) as Recording;
  const ours = await answer(secrets, cluster.settings.tokens.kubernetes);
  expect(ours).toEqual({
    status: 403,
    contentType: 'application/json',
    body: {
      ...forbidden.body,
      message:
        'secrets is forbidden: User "system:serviceaccount:portal:portal" cannot list resource "secrets" in API group "" in the namespace "smoke"',
      details: { kind: 'secrets' },
    },
  });
});

it('answers the version', async () => {
  const ours = await answer(version, null);
  expect(ours).toEqual({
    status: version.status,
    contentType: version.contentType,
    body: { ...version.body, gitVersion: 'v1.36.4+sandbox' },
  });
});

/**
 * Where ours differs on purpose: a process mounts no service account token; zones are labels of the recorded nodes;
 * which manager wrote which field depends on the program that wrote it, and only its presence is held.
 */
const onPurpose = [
  /\.fieldsV1\b/,
  /managedFields\[\]\.subresource$/,
  /spec\.volumes$/,
  /\.volumeMounts$/,
  /topology\.kubernetes\.io/,
];

const isFault = (path: string) => !onPurpose.some(pattern => pattern.test(path));

it.each<[string, Recording]>([
  ['deployments', deployments],
  ['replica sets', replicaSets],
  ['pods', pods],
  ['pods without their image', podsImageMissing],
  ['events', events],
])('lists %s in the recorded shape', async (_, recording) => {
  const ours = await answer(recording);
  expect(ours.status).toBe(recording.status);
  expect(ours.contentType).toBe(recording.contentType);
  expect(lacking(ours.body, recording.body).filter(isFault)).toEqual([]);
});

it('gives items of lists neither kind nor apiVersion, as recorded', async () => {
  const { body } = await answer(pods);
  const [item] = (body as { items: object[] }).items;
  expect(Object.keys(item).sort()).toEqual(Object.keys(pods.body.items[0]).sort());
});

it('keeps counts and conditions of a finished rollout as recorded', async () => {
  const { body } = await answer(deployments);
  const [ours] = (body as typeof deployments.body).items;
  const [recorded] = deployments.body.items;
  expect({ ...ours.status, conditions: [] }).toEqual({ ...recorded.status, conditions: [] });
  expect(ours.spec).toEqual(recorded.spec);
  const words = (conditions: typeof recorded.status.conditions) =>
    conditions.map(({ type, status, reason, message }) => [
      type,
      status,
      reason,
      message.replace(/"web-[^"]*"/, '"web-…"'),
    ]);
  expect(words(ours.status.conditions)).toEqual(words(recorded.status.conditions));
  const sets = await answer(replicaSets);
  const statuses = (items: { status: object }[]) =>
    items.map(item => JSON.stringify({ ...item.status, observedGeneration: 0 }, null)).sort();
  expect(
    statuses((sets.body as typeof replicaSets.body).items).map(text => JSON.parse(text)),
  ).toEqual(
    expect.arrayContaining(
      replicaSets.body.items.map(({ status }) => ({ ...status, observedGeneration: 0 })),
    ),
  );
});
