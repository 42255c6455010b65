import http from 'node:http';
import { startLoad, choosePath, nextDelay, readyPods } from './load';
import { systemClock } from './model/clock';
import { kinds } from './model/resources';
import { Pod } from './model/workloads';
import { ObjectStore } from './store/ObjectStore';
import { eventually } from './testing/eventually';

function pod(name: string, namespace: string, ready = true, ending = false): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: name,
      resourceVersion: '',
      creationTimestamp: '',
      ...(ending ? { deletionTimestamp: '2026-11-23T10:00:00Z' } : {}),
    },
    spec: { containers: [] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '' }],
    },
  };
}

it.each([
  [0, '/work'],
  [0.59, '/work'],
  [0.61, '/'],
  [0.96, '/'],
  [0.98, '/favicon.ico'],
])('random %d asks for %s', (random, expected) => {
  expect(choosePath(() => random)).toBe(expected);
});

it.each([
  [1, 3],
  [2, 3],
  [8, 1.5],
  [24, 0.5],
])('of %d namespaces, asks each %d times a second on average', (namespaces, rate) => {
  const delays = Array.from({ length: 100 }, (_, index) =>
    nextDelay(() => index / 100, namespaces),
  );
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length / 1000;
  expect(mean * rate).toBeCloseTo(1, 1);
});

it('asks only pods that are ready and stay', () => {
  const store = new ObjectStore();
  [
    pod('a1', 'a'),
    pod('a2', 'a'),
    pod('a3', 'a', false),
    pod('b1', 'b', true, true),
    pod('c1', 'c'),
  ].forEach(item => store.put(kinds.pod, item));
  const names = [...readyPods(store)].map(([namespace, pods]) => [
    namespace,
    pods.map(item => item.metadata.name),
  ]);
  expect(names).toEqual([
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]);
});

it('sends requests until it is stopped', async () => {
  const paths: string[] = [];
  const server = http.createServer((request, response) => {
    paths.push(request.url ?? '');
    response.end('ok');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const store = new ObjectStore();
  store.put(kinds.pod, pod('a1', 'a'));
  const runtime = {
    containerLog: () => undefined,
    realPort: () => port,
    usage: async () => undefined,
  };
  const stop = startLoad(store, runtime, systemClock, () => 0.3);
  await eventually(() => expect(paths.length).toBeGreaterThanOrEqual(3));
  expect(new Set(paths)).toEqual(new Set(['/work']));
  stop();
  await new Promise(resolve => setTimeout(resolve, 50));
  const count = paths.length;
  await new Promise(resolve => setTimeout(resolve, 700));
  expect(paths).toHaveLength(count);
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});
