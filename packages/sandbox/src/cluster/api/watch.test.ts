import http from 'node:http';
import { KubernetesObject } from '../model/objects';
import { kinds } from '../model/resources';
import { ClusterObjects } from '../objects/ClusterObjects';
import { ObjectStore } from '../store/ObjectStore';
import { FakeClock } from '../testing/FakeClock';
import { eventually } from '../testing/eventually';
import { apiHandler } from './apiHandler';

interface Event {
  type: string;
  object: KubernetesObject & { code?: number; reason?: string; rows?: { cells: unknown[] }[] };
}

const clock = new FakeClock();
const store = new ObjectStore();
const objects = new ClusterObjects(store, clock, Math.random);
const writer = { manager: 'test' };
const server = http.createServer(
  apiHandler({
    objects,
    clock,
    runtime: {
      containerLog: () => undefined,
      realPort: () => undefined,
      usage: async () => undefined,
    },
    tokens: { kubernetes: 'reader', kubernetesAdmin: 'admin' },
    targets: () => [],
    log: () => {},
  }),
);

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  for (const name of ['shop', 'other']) {
    const draft = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    objects.create(kinds.namespace, draft, writer);
  }
});
afterAll(async () => {
  const closed = new Promise(resolve => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

function create(name: string, labels: Record<string, string> = {}, namespace = 'shop') {
  const draft = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels } };
  return objects.create(kinds.configMap, draft, writer);
}

function relabel(name: string, labels: Record<string, string>) {
  objects.modify(
    kinds.configMap,
    'shop',
    name,
    object => ({ ...object, metadata: { ...object.metadata, labels } }),
    writer,
  );
}

const remove = (name: string) => objects.delete(kinds.configMap, 'shop', name);

/** Opens a watch and collects its events. */
async function watch(query: string, accept = 'application/json') {
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/api/v1/namespaces/shop/configmaps?watch=1&${query}`;
  const events: Event[] = [];
  const state = { events, ended: false, close: () => {} };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.get(
      url,
      { headers: { Authorization: 'Bearer reader', Accept: accept } },
      resolve,
    );
    request.once('error', reject);
    state.close = () => request.destroy();
  });
  let text = '';
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.map(line => JSON.parse(line) as Event));
  });
  response.on('end', () => {
    state.ended = true;
  });
  return state;
}

const brief = (events: Event[]) =>
  events.map(({ type, object }) => `${type} ${object.metadata?.name}`);

it('begins with what is there and goes on with changes of its namespace', async () => {
  create('a1');
  const seen = await watch('');
  create('a2');
  create('a3', {}, 'other');
  relabel('a2', { x: 'y' });
  remove('a1');
  await eventually(() =>
    expect(brief(seen.events)).toEqual(['ADDED a1', 'ADDED a2', 'MODIFIED a2', 'DELETED a1']),
  );
  expect(seen.events[0].object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
  seen.close();
  remove('a2');
});

it('resumes after a version without a gap', async () => {
  const { metadata } = create('b1');
  relabel('b1', { x: '1' });
  remove('b1');
  const seen = await watch(`resourceVersion=${metadata.resourceVersion}`);
  create('b2');
  await eventually(() =>
    expect(brief(seen.events)).toEqual(['MODIFIED b1', 'DELETED b1', 'ADDED b2']),
  );
  seen.close();
  remove('b2');
});

it('sees an object come and go when its labels begin and cease to match', async () => {
  create('c1', { app: 'api' });
  const seen = await watch('labelSelector=app=web');
  relabel('c1', { app: 'web' });
  relabel('c1', { app: 'web', more: 'x' });
  relabel('c1', { app: 'api' });
  remove('c1');
  create('c2', { app: 'web' });
  await eventually(() =>
    expect(brief(seen.events)).toEqual(['ADDED c1', 'MODIFIED c1', 'DELETED c1', 'ADDED c2']),
  );
  seen.close();
  remove('c2');
});

it('ends with an ERROR event for a version that is too old', async () => {
  for (let count = 0; count < 2500; count += 1) {
    relabel(create(`d${count}`).metadata.name, { x: 'y' });
    remove(`d${count}`);
  }
  const seen = await watch('resourceVersion=1');
  await eventually(() => expect(seen.ended).toBe(true));
  const object = expect.objectContaining({ kind: 'Status', reason: 'Expired', code: 410 });
  expect(seen.events).toEqual([{ type: 'ERROR', object }]);
});

it('waits for a version that is still to come', async () => {
  const seen = await watch(`resourceVersion=${store.revision + 2}`);
  for (const name of ['early', 'there', 'later']) create(name);
  await eventually(() => expect(brief(seen.events)).toEqual(['ADDED later']));
  seen.close();
  for (const name of ['early', 'there', 'later']) remove(name);
});

it('streams a list and marks its end, for clients that start so', async () => {
  create('e1');
  const seen = await watch(
    'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
  );
  await eventually(() => expect(seen.events).toHaveLength(2));
  expect(seen.events[0].object.metadata.name).toBe('e1');
  expect(seen.events[1]).toMatchObject({
    type: 'BOOKMARK',
    object: {
      kind: 'ConfigMap',
      metadata: {
        resourceVersion: String(store.revision),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
    },
  });
  seen.close();
  remove('e1');
});

it('sends bookmarks and ends after the time that was asked for', async () => {
  const seen = await watch('allowWatchBookmarks=true&timeoutSeconds=45');
  clock.advance(31_000);
  await eventually(() => expect(seen.events.map(event => event.type)).toEqual(['BOOKMARK']));
  clock.advance(15_000);
  await eventually(() => expect(seen.ended).toBe(true));
  expect(seen.events.at(-1)?.object.metadata.resourceVersion).toBe(String(store.revision));
});

it('sends rows to kubectl', async () => {
  create('f1');
  const seen = await watch('', 'application/json;as=Table;v=v1;g=meta.k8s.io');
  await eventually(() => expect(seen.events[0].object.rows?.[0].cells[0]).toBe('f1'));
  seen.close();
  remove('f1');
});
