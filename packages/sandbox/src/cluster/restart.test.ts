import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { commandLine, endStaleProcesses } from './kubelet/processes';
import { isPodReady } from './model/workloads';
import { TestCluster } from './testing/testCluster';
import { eventually } from './testing/eventually';

jest.setTimeout(40_000);

const cluster = new TestCluster();
beforeAll(() => cluster.start());
afterAll(() => cluster.close());

const recordFile = () => path.join(cluster.directory, 'cluster', 'pids.json');

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

it('ends processes that a killed run has left, and no others', async () => {
  const idle = (marker: string) =>
    spawn(process.execPath, [
      '-e',
      `/* ${encodeURIComponent(marker)} */ setInterval(() => {}, 1e6)`,
    ]);
  const left = idle('shop/web/1');
  const other = idle('something/else');
  const file = path.join(cluster.directory, 'left.json');
  const record = [
    { pid: left.pid, marker: 'shop/web/1' },
    { pid: other.pid, marker: 'shop/web/2' },
    { pid: 4_000_000, marker: 'shop/web/3' },
  ];
  await eventually(() => expect(commandLine(left.pid!)).toContain('setInterval'));
  await eventually(() => expect(commandLine(other.pid!)).toContain('setInterval'));
  fs.writeFileSync(file, JSON.stringify(record));
  const ended = new Promise(resolve => left.once('exit', (_code, signal) => resolve(signal)));
  expect(endStaleProcesses(file)).toBe(1);
  await expect(ended).resolves.toBe('SIGKILL');
  expect(other.exitCode).toBeNull();
  expect(fs.existsSync(file)).toBe(false);
  other.kill();
  expect(endStaleProcesses(file)).toBe(0);
});

it('records each process with what tells it apart', async () => {
  const pod = await readyPod();
  const [entry] = JSON.parse(fs.readFileSync(recordFile(), 'utf8')) as {
    pid: number;
    marker: string;
  }[];
  expect(entry.marker).toBe(`shop/${pod.metadata.name}/${pod.metadata.uid}`);
  expect(commandLine(entry.pid)).toContain(encodeURIComponent(entry.marker));
});
