import fc from 'fast-check';
import { VersionedStore } from './VersionedStore';

interface Value {
  name: string;
  groups: string[];
}

const value = (name: string, ...groups: string[]): Value => ({ name, groups });

describe('groups of a VersionedStore', () => {
  let store: VersionedStore<Value>;

  const list = (values: Value[], version: number) =>
    store.applyList(new Map(values.map(each => [each.name, each])), version, {
      asked: store.mark(),
      isSnapshot: true,
    });
  const names = (group: string) =>
    store
      .group(group)
      .map(({ name }) => name)
      .sort();

  beforeEach(() => {
    store = new VersionedStore({ groupsOf: ({ groups }: Value) => groups });
    list([value('a', 'x', 'y'), value('b', 'x'), value('c')], 10);
  });

  it('are those of the objects there are', () => {
    expect(['x', 'y', 'z'].map(names)).toEqual([['a', 'b'], ['a'], []]);
  });

  it('are empty where none are asked for', () => {
    const plain = new VersionedStore<Value>();
    plain.applyEvent('ADDED', 'a', 1, value('a', 'x'));
    expect(plain.group('x')).toEqual([]);
  });

  it('follow events', () => {
    store.applyEvent('MODIFIED', 'a', 11, value('a', 'y', 'z'));
    expect(['x', 'y', 'z'].map(names)).toEqual([['b'], ['a'], ['a']]);
    store.applyEvent('ADDED', 'd', 12, value('d', 'z'));
    store.applyEvent('DELETED', 'a', 13, value('a', 'y', 'z'));
    expect(['x', 'y', 'z'].map(names)).toEqual([['b'], [], ['d']]);
  });

  it('forget an object of whose deletion nothing but the key is known', () => {
    expect(store.applyEvent('DELETED', 'a', 11, undefined)).toBe(true);
    expect(['x', 'y'].map(names)).toEqual([['b'], []]);
  });

  it('stay as they are when an event is old, or says the same', () => {
    const same = store.get('a')!;
    store.applyEvent('MODIFIED', 'a', 9, value('a', 'z'));
    store.applyEvent('MODIFIED', 'a', 11, same);
    expect(['x', 'y', 'z'].map(names)).toEqual([['a', 'b'], ['a'], []]);
  });

  it('follow lists, and more detail', () => {
    list([value('a', 'z'), value('d', 'x')], 20);
    expect(['x', 'y', 'z'].map(names)).toEqual([['d'], [], ['a']]);
    store.refine('a', store.get('a')!, value('a', 'y'));
    expect(['y', 'z'].map(names)).toEqual([['a'], []]);
  });

  it('are always what a look at all objects finds', () => {
    const change = fc.record({
      type: fc.constantFrom('MODIFIED' as const, 'DELETED' as const, 'list' as const),
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      groups: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
      step: fc.integer({ min: -2, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), changes => {
        store = new VersionedStore({ maxDeletions: 2, groupsOf: ({ groups }: Value) => groups });
        changes.forEach(({ type, name, groups, step }) => {
          const version = Math.max(0, store.newest + step);
          const changed = value(name, ...groups);
          if (type === 'list') list([changed, value('b', 'y')], version);
          else store.applyEvent(type, name, version, changed);
        });
        for (const group of ['x', 'y', 'z']) {
          const expected = store.values().filter(({ groups }) => groups.includes(group));
          expect(names(group)).toEqual(expected.map(({ name }) => name).sort());
        }
      }),
      { numRuns: 500 },
    );
  });
});
