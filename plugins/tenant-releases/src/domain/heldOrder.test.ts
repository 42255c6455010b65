import { countMoves, holdOrder } from './heldOrder';

const keys = (text: string) => [...text];

describe('countMoves', () => {
  it.each([
    ['abc', 'abc', 0],
    ['abc', 'abcd', 1],
    ['abc', 'ac', 1],
    ['abcde', 'bcdea', 1],
    ['abc', 'cba', 2],
    ['ab', 'cd', 4],
    ['', 'abc', 3],
    ['abc', 'xcb', 3],
  ])('from %s to %s: %d', (shown, wanted, expected) => {
    expect(countMoves(keys(shown), keys(wanted))).toBe(expected);
  });
});

describe('holdOrder', () => {
  it.each([
    ['is not held', 'ab', 'ba', false, 'ba', 0],
    ['is held', 'ab', 'bca', true, 'ab', 2],
    ['is held and nothing would move', 'ab', 'ab', true, 'ab', 0],
    ['is new', undefined, 'ba', true, 'ba', 0],
  ])('a view that %s', (_, shown, wanted, isHeld, expected, changes) => {
    const held = holdOrder(shown === undefined ? undefined : keys(shown), keys(wanted), isHeld);
    expect([held.keys.join(''), held.changes]).toEqual([expected, changes]);
  });
});
