import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from './paths.mjs';
import { readArguments, shareOut, suites } from './robustness.mjs';

describe('the arguments of test:robustness', () => {
  it('are a million objects from seed 1, unless said otherwise', () => {
    assert.deepEqual(readArguments([]), { count: 1_000_000, seed: 1 });
    assert.deepEqual(readArguments(['--count', '500', '--seed=0']), { count: 500, seed: 0 });
  });

  for (const [args, message] of [
    [['--count', 'many'], /^CureError: --count takes a whole number from 1 on, not many\. Usage: /],
    [['--count', '0'], /--count takes/],
    [['--count=-5'], /--count takes/],
    [['--seed', '1.5'], /--seed takes a whole number from 0 on/],
    [['--count'], /argument missing\. Usage: npm run test:robustness/],
    [['--wat'], /Unknown option '--wat'\. Usage/],
    [['more'], /Unexpected argument 'more'/],
  ]) {
    it(`refuse ${JSON.stringify(args)}`, () => assert.throws(() => readArguments(args), message));
  }
});

describe('the suites of test:robustness', () => {
  it('share the objects', () => {
    const sum = shareOut(1_000_000).reduce((total, { objects }) => total + objects, 0);
    assert.equal(sum, 1_000_000);
    assert.ok(shareOut(1).every(({ objects }) => objects === 1));
  });

  it('are all that mutate objects', async () => {
    const found = [];
    for await (const file of glob('{packages,plugins}/*/src/**/*.test.{ts,tsx}', { cwd: root })) {
      const text = await readFile(path.join(root, file), 'utf8');
      if (text.includes('mutatedObjects(')) found.push(file);
    }
    assert.deepEqual(found.sort(), suites.map(({ file }) => file).sort());
  });
});
