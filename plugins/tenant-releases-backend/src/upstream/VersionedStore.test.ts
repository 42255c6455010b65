import fc from 'fast-check';
import { VersionedStore } from './VersionedStore';

const listOf = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('VersionedStore', () => {
  let store: VersionedStore<string>;

  beforeEach(() => {
    store = new VersionedStore();
    store.applyList(listOf({ a: 'a1', b: 'b1' }), 10, { newestAtRequest: 0 });
  });

  it('takes newer events and ignores repeated and older ones', () => {
    expect(store.applyEvent('MODIFIED', 'a', 12, 'a2')).toBe(true);
    expect(store.applyEvent('MODIFIED', 'a', 12, 'a2')).toBe(false);
    expect(store.applyEvent('MODIFIED', 'a', 11, 'a1.5')).toBe(false);
    expect(store.get('a')).toBe('a2');
  });

  it('does not bring back what was deleted', () => {
    expect(store.applyEvent('DELETED', 'a', 12, 'a1')).toBe(true);
    expect(store.applyEvent('MODIFIED', 'a', 11, 'a1.5')).toBe(false);
    // A list that was made before the deletion, and asked for before it was known.
    expect(store.applyList(listOf({ a: 'a1', b: 'b1' }), 11, { newestAtRequest: 10 })).toEqual([]);
    expect(store.get('a')).toBeUndefined();
    expect(store.applyEvent('ADDED', 'a', 13, 'a3')).toBe(true);
  });

  it('sweeps away what a newer list does not have, and keeps what came after the list', () => {
    store.applyEvent('ADDED', 'c', 21, 'c1');
    expect(store.applyList(listOf({ b: 'b2' }), 20, { newestAtRequest: 10 })).toEqual(['a', 'b']);
    expect(store.entries()).toEqual([
      ['b', 'b2'],
      ['c', 'c1'],
    ]);
  });

  it('tells what a list has changed, and nothing when it has not', () => {
    expect(store.applyList(listOf({ a: 'a1', b: 'b1' }), 20, { newestAtRequest: 10 })).toEqual([]);
    expect(store.applyList(listOf({ a: 'a1', b: 'b2' }), 30, { newestAtRequest: 20 })).toEqual([
      'b',
    ]);
  });

  it('asks for another list when one is older, and believes it in the end', () => {
    const old = () => store.applyList(listOf({ a: 'new' }), 3, { newestAtRequest: store.newest });
    expect(old()).toBeUndefined();
    expect(old()).toBeUndefined();
    expect(store.entries()).toHaveLength(2);
    expect(old()).toEqual(['b', 'a']);
    expect(store.entries()).toEqual([['a', 'new']]);
    expect(store.applyEvent('MODIFIED', 'a', 4, 'newer')).toBe(true);
  });

  it('merges what is known with what is listed', () => {
    const merge = (known: string | undefined, listed: string) => `${known}+${listed}`;
    store.applyList(listOf({ a: 'x' }), 20, { newestAtRequest: 10, merge });
    expect(store.get('a')).toBe('a1+x');
  });

  it('refines without taking a version', () => {
    store.refine('a', 'detail');
    store.refine('absent', 'detail');
    expect(store.entries()).toEqual([
      ['a', 'detail'],
      ['b', 'b1'],
    ]);
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
              run: () => tested.applyList(truth[list], list, { newestAtRequest: 0 }),
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
          tested.applyList(truth[last], last, { newestAtRequest: tested.newest });
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
