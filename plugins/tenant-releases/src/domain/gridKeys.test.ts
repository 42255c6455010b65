import { isTyping, rowAfterKey } from './gridKeys';

describe('rowAfterKey', () => {
  it.each([
    ['ArrowDown', 0, 5, 1],
    ['ArrowUp', 0, 5, 0],
    ['ArrowDown', 4, 5, 4],
    ['PageDown', 3, 100, 18],
    ['PageDown', 95, 100, 99],
    ['PageUp', 3, 100, 0],
    ['Home', 3, 5, 0],
    ['End', 1, 5, 4],
    ['a', 1, 5, undefined],
    ['End', 0, 0, undefined],
  ])('%s from %d of %d: %s', (key, current, count, expected) => {
    expect(rowAfterKey(key, current, count)).toBe(expected);
  });
});

describe('isTyping', () => {
  it.each([
    ['input', true],
    ['select', true],
    ['textarea', true],
    ['button', false],
    ['div', false],
  ])('in a %s: %s', (tag, expected) => {
    expect(isTyping(document.createElement(tag))).toBe(expected);
  });
});
