import { KubernetesObject } from '../model/objects';
import { kinds } from '../model/resources';
import { Change, ObjectStore } from './ObjectStore';

function map(name: string, data: object = {}, namespace = 'shop'): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, uid: name, resourceVersion: '', creationTimestamp: '' },
    data,
  };
}

it('counts one version over all objects and tells listeners', () => {
  const store = new ObjectStore();
  const changes: Change[] = [];
  const stop = store.subscribe(change => changes.push(change));
  const first = store.put(kinds.configMap, map('a'));
  const second = store.put(kinds.configMap, { ...first, data: { x: '1' } });
  const last = store.remove(kinds.configMap, second);
  stop();
  store.put(kinds.configMap, map('b'));
  expect(changes.map(({ type, revision }) => [type, revision])).toEqual([
    ['ADDED', 1],
    ['MODIFIED', 2],
    ['DELETED', 3],
  ]);
  expect(changes[1].previous).toBe(first);
  expect(last.metadata.resourceVersion).toBe('3');
  expect(store.revision).toBe(4);
});

it('lists in the order of keys, all or of one namespace', () => {
  const store = new ObjectStore();
  [map('b'), map('a'), map('c', {}, 'bar')].forEach(item => store.put(kinds.configMap, item));
  const names = (namespace?: string) =>
    store.list(kinds.configMap, namespace).map(item => item.metadata.name);
  expect(names()).toEqual(['c', 'a', 'b']);
  expect(names('shop')).toEqual(['a', 'b']);
  expect(store.list(kinds.secret)).toEqual([]);
});

it('remembers changes, but not for ever', () => {
  const store = new ObjectStore({ revision: 100, objects: [] });
  expect(store.changesSince(99)).toBeUndefined();
  store.put(kinds.configMap, map('a'));
  expect(store.changesSince(100)?.map(change => change.revision)).toEqual([101]);
  for (let count = 0; count < 3000; count += 1) {
    store.put(kinds.configMap, map('a', { count }));
  }
  expect(store.changesSince(101)).toBeUndefined();
  expect(store.oldest).toBeGreaterThan(101);
  expect(store.changesSince(store.revision - 5)).toHaveLength(5);
  expect(store.changesSince(store.oldest)?.[0].revision).toBe(store.oldest + 1);
});

it('knows what an earlier version held, as far as the history reaches', () => {
  const store = new ObjectStore();
  store.put(kinds.configMap, map('a', { v: '1' }));
  store.put(kinds.configMap, map('b'));
  store.put(kinds.configMap, map('c', {}, 'bar'));
  store.put(kinds.configMap, map('a', { v: '2' }));
  store.remove(kinds.configMap, map('b'));
  store.put(kinds.configMap, map('d'));
  const at = (revision: number, namespace?: string) =>
    store
      .listAt(kinds.configMap, namespace, revision)
      ?.map(({ metadata, data }) => [metadata.name, (data as { v?: string }).v]);
  expect(at(3)).toEqual([
    ['c', undefined],
    ['a', '1'],
    ['b', undefined],
  ]);
  expect(at(4, 'shop')).toEqual([
    ['a', '2'],
    ['b', undefined],
  ]);
  expect(at(6, 'shop')).toEqual([
    ['a', '2'],
    ['d', undefined],
  ]);
  expect(at(0)).toEqual([]);
  const later = new ObjectStore(store.content());
  expect(later.listAt(kinds.configMap, undefined, 3)).toBeUndefined();
});
