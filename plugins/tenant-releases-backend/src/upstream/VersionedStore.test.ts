import fc from 'fast-check';
import { VersionedStore, type ListOptions } from './VersionedStore';

const nothing = { newest: 0, events: 0 };
const listOf = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('VersionedStore', () => {
  let store: VersionedStore<string>;

  /** A list that was asked for when the store knew what it knows now, or at a moment before. */
  const apply = (
    entries: Record<string, string>,
    version: number,
    options: Partial<ListOptions<string>> = {},
  ) =>
    store.applyList(listOf(entries), version, {
      asked: store.mark(),
      isSnapshot: true,
      ...options,
    });

  beforeEach(() => {
    store = new VersionedStore();
    apply({ a: 'a1', b: 'b1' }, 10);
  });

  it('takes newer events and ignores repeated and older ones', () => {
    expect(store.applyEvent('MODIFIED', 'a', 12, 'a2')).toBe(true);
    expect(store.applyEvent('MODIFIED', 'a', 12, 'a2')).toBe(false);
    expect(store.applyEvent('MODIFIED', 'a', 11, 'a1.5')).toBe(false);
    expect(store.get('a')).toBe('a2');
  });

  it('does not bring back what was deleted', () => {
    const asked = store.mark();
    expect(store.applyEvent('DELETED', 'a', 12, 'a1')).toBe(true);
    expect(store.applyEvent('MODIFIED', 'a', 11, 'a1.5')).toBe(false);
    // A list that was made before the deletion, and asked for before it was known.
    expect(apply({ a: 'a1', b: 'b1' }, 11, { asked })).toEqual([]);
    expect(store.get('a')).toBeUndefined();
    expect(store.applyEvent('ADDED', 'a', 13, 'a3')).toBe(true);
  });

  it('sweeps away what a newer list does not have, and keeps what came after the list', () => {
    const asked = store.mark();
    store.applyEvent('ADDED', 'c', 21, 'c1');
    expect(apply({ b: 'b2' }, 20, { asked })).toEqual(['a', 'b']);
    expect(store.entries()).toEqual([
      ['b', 'b2'],
      ['c', 'c1'],
    ]);
  });

  it('tells what a list has changed, and nothing when it has not', () => {
    expect(apply({ a: 'a1', b: 'b1' }, 20)).toEqual([]);
    expect(apply({ a: 'a1', b: 'b2' }, 30)).toEqual(['b']);
  });

  it('refuses a list that is older than what was known when it was asked for', () => {
    expect(apply({ a: 'old' }, 9)).toBeUndefined();
    expect(store.entries()).toHaveLength(2);
  });

  it('begins anew with an upstream that was set up anew, and is in doubt of what came meanwhile', () => {
    expect(store.applyEvent('MODIFIED', 'b', 4, 'early')).toBe(false);
    expect(apply({ a: 'new' }, 3, { isReset: true })).toEqual(['b', 'a']);
    expect(store.entries()).toEqual([['a', 'new']]);
    expect(store.takeDoubt()).toBe(true);
    expect(store.applyEvent('MODIFIED', 'a', 4, 'newer')).toBe(true);
    expect(store.newest).toBe(4);
  });

  it('merges what is known with what is listed', () => {
    apply({ a: 'x' }, 20, { merge: (known, listed) => `${known}+${listed}` });
    expect(store.get('a')).toBe('a1+x');
  });

  describe('with lists that may be older than their version', () => {
    it('keeps what events have brought since the list was asked for, and is in doubt', () => {
      const asked = store.mark();
      store.applyEvent('MODIFIED', 'a', 12, 'a2');
      store.applyEvent('DELETED', 'b', 10, 'b1');
      store.applyEvent('ADDED', 'c', 13, 'c1');
      expect(apply({ a: 'a1', b: 'b1' }, 14, { asked, isSnapshot: false })).toEqual([]);
      expect(store.entries()).toEqual([
        ['a', 'a2'],
        ['c', 'c1'],
      ]);
      expect(store.takeDoubt()).toBe(true);
      expect(store.takeDoubt()).toBe(false);
    });

    it.each([
      ['an event that the list may hold or not', 'MODIFIED', 'a', 12, true],
      ['one of an object that the list does not hold', 'ADDED', 'c', 14, true],
      ['a deletion that tells the last state', 'DELETED', 'a', 5, true],
      ['an event from before the list was asked for', 'MODIFIED', 'a', 10, false],
      ['a deletion from then of an object that is not there', 'DELETED', 'c', 10, false],
    ] as const)('leaves out %s', (_, type, key, version, isDoubtful) => {
      apply({ a: 'a1', b: 'b1' }, 14, { isSnapshot: false });
      expect(store.applyEvent(type, key, version, 'x')).toBe(false);
      expect(store.takeDoubt()).toBe(isDoubtful);
      expect(store.get('a')).toBe('a1');
    });

    it('is not in doubt when nothing came between', () => {
      apply({ a: 'a2', b: 'b1' }, 14, { isSnapshot: false });
      store.applyEvent('MODIFIED', 'a', 15, 'a3');
      expect(store.takeDoubt()).toBe(false);
    });
  });

  describe('refine', () => {
    it('puts in more detail of the state that was known', () => {
      expect(store.refine('a', 'a1', 'detail')).toBe(true);
      expect(store.get('a')).toBe('detail');
      expect(store.refine('absent', 'x', 'detail')).toBe(false);
      expect(store.get('absent')).toBeUndefined();
    });

    it('leaves what has changed meanwhile, unless the detail is as new', () => {
      store.applyEvent('MODIFIED', 'a', 12, 'a2');
      expect(store.refine('a', 'a1', 'detail of a1', 11)).toBe(false);
      expect(store.get('a')).toBe('a2');
      expect(store.refine('a', 'a1', 'detail of a2', 12)).toBe(true);
      expect(store.get('a')).toBe('detail of a2');
    });

    it('holds against an older event and an older list', () => {
      const asked = store.mark();
      store.refine('a', 'a1', 'detail of a3', 13);
      expect(store.applyEvent('MODIFIED', 'a', 12, 'a2')).toBe(false);
      apply({ a: 'a2', b: 'b1' }, 14, { asked, isSnapshot: false });
      expect(store.get('a')).toBe('detail of a3');
    });
  });

  describe('memory', () => {
    it('forgets a deletion with the next list', () => {
      store.applyEvent('DELETED', 'a', 12, 'a1');
      expect(store.deletions).toBe(1);
      apply({ b: 'b1' }, 12);
      expect(store.deletions).toBe(0);
    });

    it('is bounded without any list, and still nothing comes back', () => {
      store = new VersionedStore({ maxDeletions: 100 });
      for (let version = 1; version <= 5_000; version += 1) {
        store.applyEvent('ADDED', `pod-${version}`, 2 * version, 'x');
        store.applyEvent('DELETED', `pod-${version}`, 2 * version + 1, 'x');
      }
      expect(store.deletions).toBe(100);
      for (let version = 1; version <= 5_000; version += 1) {
        expect(store.applyEvent('ADDED', `pod-${version}`, 2 * version, 'x')).toBe(false);
      }
      const asked = { newest: 0, events: 0 };
      expect(apply({ 'pod-7': 'x' }, 14, { asked })).toBeUndefined();
      expect(store.entries()).toEqual([]);
    });
  });

  // What happens upstream, and how often and how late each change is reported.
  const upstreamChange = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    isDeletion: fc.boolean(),
    delays: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
  });

  it('converges to the truth with the next list, and no object ever travels back in time', () => {
    fc.assert(
      fc.property(
        fc.array(upstreamChange, { maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
        (changes, lists) => {
          const tested = new VersionedStore<number>();
          const truth = truthAfterEach(changes);
          const events = changes.flatMap(({ key, isDeletion, delays }, index) =>
            delays.map(delay => ({
              at: index + delay,
              list: -1,
              run: () =>
                tested.applyEvent(isDeletion ? 'DELETED' : 'MODIFIED', key, index + 1, index + 1),
            })),
          );
          const sweeps = lists
            .filter(list => list <= changes.length)
            .map(list => ({
              at: list + 0.5,
              list,
              run: () => tested.applyList(truth[list], list, { asked: nothing, isSnapshot: true }),
            }));
          let settled = 0;
          let before = new Map<string, number>();
          for (const { run, list } of [...events, ...sweeps].sort((a, b) => a.at - b.at)) {
            run();
            settled = Math.max(settled, list);
            const now = new Map(tested.entries());
            expect(travelledBack(before, now)).toEqual([]);
            expect(unsettled(now, truth[settled], settled)).toEqual([]);
            before = now;
          }
          const last = changes.length;
          tested.applyList(truth[last], last, { asked: tested.mark(), isSnapshot: true });
          expect(new Map(tested.entries())).toEqual(truth[last]);
        },
      ),
    );
  });
});

/** What is upstream before the first change and after each. The value of an object is its version. */
function truthAfterEach(changes: Array<{ key: string; isDeletion: boolean }>) {
  const truth = [new Map<string, number>()];
  changes.forEach(({ key, isDeletion }, index) => {
    const next = new Map(truth[index]);
    if (isDeletion) next.delete(key);
    else next.set(key, index + 1);
    truth.push(next);
  });
  return truth;
}

function travelledBack(before: Map<string, number>, now: Map<string, number>): unknown[] {
  return [...now].filter(([key, version]) => version < (before.get(key) ?? 0));
}

/** Objects older than the newest list that this list does not have like that: they came back. */
function unsettled(now: Map<string, number>, listed: Map<string, number>, list: number): unknown[] {
  return [...now].filter(([key, version]) => version <= list && listed.get(key) !== version);
}
