import fc from 'fast-check';
import { areDistinct, assignSlots, slotCount, slotParts } from './versionSlots';

const version = fc.nat({ max: 90 }).map(number => `v${number}`);
const list = (maxLength = 90) => fc.uniqueArray(version, { maxLength });
const none = new Map<string, number>();

/** The slots after a page has shown these lists one after the other. */
const after = (lists: readonly string[][]) =>
  lists.reduce((known, each) => assignSlots(each, known), none);

describe('assignSlots', () => {
  it('never gives neighbours marks that are alike, in any order and number, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(list(), { minLength: 1, maxLength: 8 }), lists => {
        const last = lists[lists.length - 1];
        const slots = after(lists);
        last.slice(1).forEach((each, index) => {
          expect(areDistinct(slots.get(each)!, slots.get(last[index])!)).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('gives 40 versions marks of their own, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(list(slotCount), { minLength: 1, maxLength: 8 }), lists => {
        const last = lists[lists.length - 1];
        expect(new Set(after(lists).values()).size).toBe(last.length);
      }),
      { numRuns: 500 },
    );
  });

  it('follows the order where nothing was before', () => {
    expect([...assignSlots(['c', 'b', 'a'], none)]).toEqual([
      ['c', 0],
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('leaves the others as they are when a version comes, goes, or older ones are listed', () => {
    const first = assignSlots(['c', 'b', 'a'], none);
    const same = (slots: Map<string, number>, ...names: string[]) =>
      names.forEach(name => expect(slots.get(name)).toBe(first.get(name)));
    same(assignSlots(['d', 'c', 'b', 'a'], first), 'a', 'b', 'c');
    same(assignSlots(['c', 'b', 'a', 'z', 'y'], first), 'a', 'b', 'c');
    same(assignSlots(['c', 'b'], first), 'b', 'c');
  });

  it('takes a version that is listed twice once', () => {
    expect([...assignSlots(['b', 'a', 'b'], none).keys()]).toEqual(['b', 'a']);
  });
});

describe('slotParts', () => {
  const slots = Array.from({ length: slotCount }, (_, slot) => slot);

  it('has no colour twice', () => {
    const colours = slots.map(slot => {
      const { hue, level, saturation } = slotParts(slot);
      return `${hue} ${level} ${saturation}`;
    });
    expect(new Set(colours).size).toBe(slotCount);
  });

  it('has distinct neighbours, also where it begins again', () => {
    slots.forEach(slot => expect(areDistinct(slot, (slot + 1) % slotCount)).toBe(true));
  });
});
