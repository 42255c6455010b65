import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startKubernetes } from '../kubernetes';
import { RunningServer } from '../settings';
import { realKubectl } from './testing/realKubectl';
import { TestCluster } from './testing/testCluster';
import { eventually } from './testing/eventually';

jest.setTimeout(60_000);

const run = promisify(execFile);
const cluster = new TestCluster();
let front: RunningServer;
let program: string;

async function kubectl(...given: string[]): Promise<string> {
  const kubeconfig = path.join(cluster.directory, 'kubernetes', 'kubeconfig');
  const { stdout } = await run(
    program,
    [`--kubeconfig=${kubeconfig}`, '--namespace=shop', ...given],
    {
      env: { HOME: cluster.directory, PATH: process.env.PATH },
    },
  );
  return stdout;
}

beforeAll(async () => {
  program = await realKubectl();
  await cluster.start();
  const { port } = new URL(cluster.url);
  const ports = { ...cluster.settings.ports, cluster: Number(port) };
  front = await startKubernetes({ ...cluster.settings, ports });
  await cluster.createNamespace('shop');
  await cluster.deploy('shop', {}, { replicas: 2 });
  await kubectl('rollout', 'status', 'deployment/web', '--timeout=20s');
});
afterAll(async () => {
  await front.close();
  await cluster.close();
});

it('gets, in columns', async () => {
  const pods = await kubectl('get', 'pods');
  expect(pods).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\n/);
  expect(pods.match(/^web-\w+-\w+ +1\/1 +Running +0 +\d+s$/gm)).toHaveLength(2);
  const all = await kubectl('get', 'deploy,svc,applications', '-A');
  expect(all).toMatch(/^shop +deployment.apps\/web +2\/2 +2 +2 +\d+s$/m);
});

it('describes a pod with its events', async () => {
  const [name] = (await kubectl('get', 'pods', '-o', 'name')).split('\n');
  const text = await kubectl('describe', name);
  expect(text).toMatch(/Ready: +True/);
  expect(text).toMatch(/Controlled By: +ReplicaSet\/web-/);
  expect(text).toMatch(/Normal +Started +\S+ +kubelet +(\S+: )?Container started/);
});

it('reads logs', async () => {
  expect(await kubectl('logs', 'deploy/web', '--tail=1')).toBe('starting 1\n');
});

it('applies, edits in place, scales and rolls out', async () => {
  const manifest = path.join(cluster.directory, 'map.yaml');
  const write = (data: string) =>
    fs.writeFileSync(
      manifest,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: ${data}\n`,
    );
  write('{a: "1", b: "2"}');
  expect(await kubectl('apply', '-f', manifest)).toBe('configmap/settings created\n');
  write('{a: "1"}');
  expect(await kubectl('apply', '-f', manifest)).toBe('configmap/settings configured\n');
  expect(await kubectl('get', 'cm', 'settings', '-o', 'jsonpath={.data}')).toBe('{"a":"1"}');
  expect(await kubectl('apply', '--server-side', '--force-conflicts', '-f', manifest)).toContain(
    'serverside-applied',
  );
  const patch = '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"web:2"}]}}}}';
  expect(await kubectl('patch', 'deploy', 'web', '-p', patch)).toContain('patched');
  expect(await kubectl('rollout', 'status', 'deploy/web', '--timeout=20s')).toContain(
    'successfully rolled out',
  );
  expect(await kubectl('rollout', 'history', 'deploy/web')).toMatch(/^2 /m);
  expect(await kubectl('scale', 'deploy', 'web', '--replicas=1')).toContain('scaled');
  expect(await kubectl('wait', '--for=jsonpath={.status.replicas}=1', 'deploy/web')).toContain(
    'met',
  );
});

it('deletes a pod and waits for its end', async () => {
  const [name] = (await kubectl('get', 'pods', '-o', 'name')).split('\n');
  expect(await kubectl('delete', name)).toContain('deleted');
  await expect(kubectl('get', name)).rejects.toThrow('NotFound');
  await eventually(async () =>
    expect(await kubectl('get', 'deploy', 'web', '-o', 'jsonpath={.status.readyReplicas}')).toBe(
      '1',
    ),
  );
});
