import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atLeast, parseVersion, sameMajor } from './versions.mjs';

describe('versions', () => {
  for (const [text, expected] of [
    ['git version 2.39.5 (Apple Git-154)', [2, 39, 5]],
    ['v4.2.3+g43e8b7f', [4, 2, 3]],
    ['2.38', [2, 38, 0]],
    ['nothing', undefined],
  ]) {
    it(`reads ${text}`, () => assert.deepEqual(parseVersion(text), expected));
  }

  for (const [text, minimum, expected] of [
    ['2.38.0', '2.38.0', true],
    ['2.37.9', '2.38.0', false],
    ['2.100.0', '2.38.0', true],
    ['3.0.0', '2.38.0', true],
    ['20.0.0', '20.0.0', true],
    ['18.20.4', '20.0.0', false],
    ['', '1.0.0', false],
  ]) {
    it(`${text || 'no version'} is ${expected ? '' : 'not '}at least ${minimum}`, () =>
      assert.equal(atLeast(text, minimum), expected));
  }

  it('compares major numbers', () => {
    assert.equal(sameMajor('24.1.0', '24.21.0'), true);
    assert.equal(sameMajor('20.19.0', '24.21.0'), false);
  });
});
