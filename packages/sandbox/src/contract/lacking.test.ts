import { lacking } from './lacking';

it.each<[unknown, unknown, string[]]>([
  [{ a: 1, more: true }, { a: 2 }, []],
  [{}, { a: 1 }, ['a']],
  [{ a: '1' }, { a: 1 }, ['a']],
  [{ a: null }, { a: {} }, ['a']],
  [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, ['a.c']],
  [{ a: [] }, { a: [] }, []],
  [{ a: [] }, { a: [1] }, ['a[]']],
  [{ a: [{ x: 1 }] }, { a: [{ x: 1, y: 2 }] }, ['a[].y']],
  [{ a: [{ x: 1 }, { x: 1, y: 2 }] }, { a: [{ y: 3 }, { x: 3 }] }, []],
  [[{ kind: 'a' }], [{ kind: 'a', name: 'b' }], ['[].name']],
])('%j beside %j lacks %j', (ours, recorded, expected) => {
  expect(lacking(ours, recorded)).toEqual(expected);
});
