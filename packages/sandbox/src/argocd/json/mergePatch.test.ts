import { JsonObject } from './json';
import { applyMergePatch, createMergePatch } from './mergePatch';

describe('createMergePatch', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['nothing', { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, {}],
    ['a changed scalar', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    ['a removed key', { a: 1, b: 2 }, { a: 1 }, { b: null }],
    ['a nested change', { a: { x: 1, y: 2 } }, { a: { x: 1, y: 3 } }, { a: { y: 3 } }],
    ['an array as a whole', { a: [1, 2] }, { a: [1] }, { a: [1] }],
    ['an object in place of a scalar', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['undefined as absent', { a: 1 }, { a: undefined }, { a: null }],
  ])('finds %s', (_name, from, to, patch) => {
    expect(createMergePatch(from, to)).toEqual(patch);
    expect(applyMergePatch(from, patch)).toEqual(JSON.parse(JSON.stringify(to)));
  });
});
