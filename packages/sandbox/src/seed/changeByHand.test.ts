import { TestCluster } from '../cluster/testing/testCluster';
import { SandboxSettings } from '../settings';
import { changeByHand } from './changeByHand';
import { readMarker, writeMarker } from './marker';

jest.setTimeout(30_000);

const cluster = new TestCluster();
const image = 'ghcr.io/acme/demo-api:sha-1111111';
const applications = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const deployments = '/apis/apps/v1/namespaces/lumen/deployments';
let settings: SandboxSettings;

beforeAll(async () => {
  await cluster.start();
  const { port } = new URL(cluster.url);
  settings = {
    ...cluster.settings,
    ports: { ...cluster.settings.ports, kubernetes: Number(port) },
  };
  await cluster.createNamespace('argocd');
  await cluster.createNamespace('lumen');
  const labels = { app: 'demo-api' };
  await cluster.send('POST', deployments, {
    body: {
      metadata: { name: 'demo-api' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'demo-api', image: 'ghcr.io/acme/demo-api:sha-2222222' }] },
        },
      },
    },
  });
});
afterAll(() => cluster.close());

const mark = () =>
  writeMarker(settings.stateDir, { sources: 'x', byHand: { tenant: 'lumen', image } });
const annotations = async () =>
  (await cluster.send('GET', `${applications}/lumen`)).body.metadata.annotations;
const deployed = async () =>
  JSON.stringify((await cluster.send('GET', `${deployments}/demo-api`)).body.spec);

it('waits until the tenant is deployed, changes it, and does not do so again', async () => {
  await mark();
  const never = new AbortController().signal;
  const done = changeByHand(settings, never);
  await cluster.send('POST', applications, {
    body: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'lumen' } },
  });
  await new Promise(resolve => setTimeout(resolve, 1500));
  expect(await deployed()).toContain('sha-2222222');
  const status = { sync: { status: 'Synced' }, health: { status: 'Healthy' } };
  await cluster.send('PATCH', `${applications}/lumen`, {
    type: 'application/merge-patch+json',
    body: { status },
  });
  await done;
  expect(await annotations()).toEqual({ 'argocd.argoproj.io/skip-reconcile': 'true' });
  expect(await deployed()).toContain(image);
  expect(await deployed()).toContain('"app.kubernetes.io/version":"sha-1111111"');
  expect(await readMarker(settings.stateDir)).toEqual({ sources: 'x' });

  // Somebody has mended it by now.
  await cluster.send('DELETE', `${deployments}/demo-api`);
  await changeByHand(settings, never);
});

it('says what the cluster refuses', async () => {
  await mark();
  await expect(changeByHand(settings, new AbortController().signal)).rejects.toThrow(
    `Kubernetes answers 404 to ${deployments}/demo-api:`,
  );
  expect((await readMarker(settings.stateDir))?.byHand).toBeDefined();
});

it('waits for a cluster that is away, until it is told to end', async () => {
  await mark();
  const ending = new AbortController();
  const away = { ...settings, ports: { ...settings.ports, kubernetes: 1 } };
  const done = changeByHand(away, ending.signal);
  const outcome = done.then(
    () => 'done',
    error => error.name,
  );
  setTimeout(() => ending.abort(), 1500);
  expect(await outcome).toBe('AbortError');
});
