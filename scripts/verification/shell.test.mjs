import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { quote } from './shell.mjs';

describe('quote', () => {
  for (const word of ['get', '!label', '{namespace="a"} |= "error"', "it's", 'a b', '--tcp=80']) {
    it(`keeps ${word} as it is for a shell`, () => {
      const heard = execFileSync('sh', ['-c', `printf %s ${quote(word)}`], { encoding: 'utf8' });
      assert.equal(heard, word);
    });
  }
});
