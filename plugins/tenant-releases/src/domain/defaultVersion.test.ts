import { defaultVersion } from './defaultVersion';

const known = (
  version: string,
  healthy: number,
  more: { bad?: string; tenants?: number; measured?: number } = {},
) => ({
  version,
  healthy,
  ready: healthy,
  tenants: healthy,
  ...more,
});

describe('defaultVersion', () => {
  it.each([
    ['most tenants run it', [known('c', 1), known('b', 5), known('a', 2)], 'b'],
    ['a tie goes to the newer', [known('c', 1), known('b', 3), known('a', 3)], 'b'],
    [
      'a tie goes to what is measured',
      [known('b', 3, { measured: 1 }), known('a', 3, { measured: 2 })],
      'a',
    ],
    ['nobody is measured', [known('b', 3, { measured: 0 }), known('a', 2, { measured: 0 })], 'b'],
    ['never a bad one', [known('b', 9, { bad: 'leaks' }), known('a', 1)], 'a'],
    ['all bad', [known('b', 9, { bad: 'leaks' })], undefined],
    ['wanted by most, healthy nowhere', [known('b', 0, { tenants: 9 }), known('a', 1)], 'a'],
    ['nobody runs anything healthily', [known('b', 0, { tenants: 9 })], undefined],
    ['no version', [], undefined],
  ])('%s', (_, versions, expected) => {
    expect(defaultVersion(versions)).toBe(expected);
  });
});
