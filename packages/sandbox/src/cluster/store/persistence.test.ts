import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { kinds } from '../model/resources';
import { FakeClock } from '../testing/FakeClock';
import { ObjectStore } from './ObjectStore';
import { loadContent, persistStore } from './persistence';

let directory: string;
const file = () => path.join(directory, 'cluster', 'objects.json');
const silent = () => {};

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cluster-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

function namespace(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '2026-11-23T10:00:00Z' },
  };
}

it('saves soon after a change and comes up again with greater versions', () => {
  const clock = new FakeClock();
  const store = new ObjectStore(loadContent(file(), silent));
  persistStore(store, file(), clock, silent);
  store.put(kinds.namespace, namespace('a'));
  store.put(kinds.namespace, namespace('b'));
  expect(fs.existsSync(file())).toBe(false);
  clock.advance(100);
  const content = loadContent(file(), silent);
  expect(content.objects.map(object => object.metadata.name)).toEqual(['a', 'b']);
  expect(content.revision).toBeGreaterThan(store.revision);
  expect(fs.readdirSync(path.dirname(file()))).toEqual(['objects.json']);
});

it('saves what is left when it is closed', () => {
  const store = new ObjectStore();
  const persistence = persistStore(store, file(), new FakeClock(), silent);
  store.put(kinds.namespace, namespace('a'));
  persistence.close();
  expect(loadContent(file(), silent).objects).toHaveLength(1);
});

it.each(['', '{"revision":1,"objects":[{', '{"revision":"1","objects":[]}', '[]'])(
  'sets %j aside, says so and starts empty',
  text => {
    fs.mkdirSync(path.dirname(file()));
    fs.writeFileSync(file(), text);
    const lines: string[] = [];
    expect(loadContent(file(), line => lines.push(line))).toEqual({ revision: 0, objects: [] });
    expect(lines[0]).toContain('objects.json cannot be read and was set aside');
    expect(fs.readFileSync(`${file()}.broken`, 'utf8')).toBe(text);
  },
);
