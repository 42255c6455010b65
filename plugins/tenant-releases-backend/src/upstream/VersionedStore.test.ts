import fc from 'fast-check';
import { VersionedStore } from './VersionedStore';

const list = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('VersionedStore', () => {
  let store: VersionedStore<string>;

  beforeEach(() => {
    store = new VersionedStore();
    store.applyList(list({ a: 'a1', b: 'b1' }), 10, { newestAtRequest: 0 });
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
    expect(store.applyList(list({ a: 'a1', b: 'b1' }), 11, { newestAtRequest: 10 })).toEqual([]);
    expect(store.get('a')).toBeUndefined();
    expect(store.applyEvent('ADDED', 'a', 13, 'a3')).toBe(true);
  });

  it('sweeps away what a newer list does not have, and keeps what came after the list', () => {
    store.applyEvent('ADDED', 'c', 21, 'c1');
    expect(store.applyList(list({ b: 'b2' }), 20, { newestAtRequest: 10 })).toEqual(['a', 'b']);
    expect(store.entries()).toEqual([
      ['b', 'b2'],
      ['c', 'c1'],
    ]);
  });

  it('tells what a list has changed, and nothing when it has not', () => {
    expect(store.applyList(list({ a: 'a1', b: 'b1' }), 20, { newestAtRequest: 10 })).toEqual([]);
    expect(store.applyList(list({ a: 'a1', b: 'b2' }), 30, { newestAtRequest: 20 })).toEqual(['b']);
  });

  it('asks for another list when one is older, and believes it in the end', () => {
    const old = () => store.applyList(list({ a: 'new' }), 3, { newestAtRequest: store.newest });
    expect(old()).toBeUndefined();
    expect(old()).toBeUndefined();
    expect(store.entries()).toHaveLength(2);
    expect(old()).toEqual(['b', 'a']);
    expect(store.entries()).toEqual([['a', 'new']]);
    expect(store.applyEvent('MODIFIED', 'a', 4, 'newer')).toBe(true);
  });

  it('merges what is known with what is listed', () => {
    const merge = (known: string | undefined, listed: string) => `${known}+${listed}`;
    store.applyList(list({ a: 'x' }), 20, { newestAtRequest: 10, merge });
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

  // What happens upstream, and what reaches the store of it, in whatever order and number.
  const change = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    isDeletion: fc.boolean(),
    deliveries: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
  });

  it('converges to the truth with the next list, and no object ever travels back in time', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
        (changes, listsAfter) => {
          const tested = new VersionedStore<number>();
          const truthAt = [new Map<string, number>()];
          const steps: Array<{ at: number; run(): void }> = [];
          changes.forEach(({ key, isDeletion, deliveries }, index) => {
            const version = index + 1;
            const truth = new Map(truthAt[index]);
            if (isDeletion) truth.delete(key);
            else truth.set(key, version);
            truthAt.push(truth);
            for (const delay of deliveries) {
              const type = isDeletion ? 'DELETED' : 'MODIFIED';
              steps.push({
                at: index + delay,
                run: () => tested.applyEvent(type, key, version, version),
              });
            }
          });
          for (const position of listsAfter.filter(after => after < changes.length)) {
            const truth = truthAt[position];
            steps.push({
              at: position + 0.5,
              run: () => {
                tested.applyList(truth, position, { newestAtRequest: 0 });
                listed = Math.max(listed, position);
              },
            });
          }
          const highest = new Map<string, number>();
          let listed = 0;
          for (const { run } of steps.sort((a, b) => a.at - b.at)) {
            run();
            for (const [key, version] of tested.entries()) {
              expect(version).toBeGreaterThanOrEqual(highest.get(key) ?? 0);
              highest.set(key, version);
              // What a list has settled stays settled: nothing older comes back after it.
              if (version <= listed) expect(truthAt[listed].get(key)).toBe(version);
            }
          }
          const last = changes.length;
          tested.applyList(truthAt[last], last, { newestAtRequest: tested.newest });
          expect(new Map(tested.entries())).toEqual(truthAt[last]);
        },
      ),
    );
  });
});
