import assert from 'node:assert/strict';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../paths.mjs';
import { groups, testsOf } from './groups.mjs';
import { scoreOf, sumBy, table } from './score.mjs';

const mutants = (...statuses) => statuses.map(status => ({ status }));

describe('scoreOf', () => {
  it('counts what the tests noticed or did not end with, of what they could have noticed', () => {
    const found = mutants('Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError', 'Ignored');
    const { total, killed, score, left } = scoreOf(found);
    assert.deepEqual([total, killed, score], [4, 2, 50]);
    assert.deepEqual(left, mutants('Survived', 'NoCoverage'));
  });

  it('is none where nothing was tested', () => assert.equal(scoreOf([]).score, 0));
});

it('adds up what belongs together', () => {
  const scores = [
    { package: 'a', total: 10, killed: 9 },
    { package: 'b', total: 4, killed: 4 },
    { package: 'a', total: 30, killed: 21 },
  ];
  assert.deepEqual(sumBy(scores, 'package'), [
    { package: 'a', total: 40, killed: 30, score: 75 },
    { package: 'b', total: 4, killed: 4, score: 100 },
  ]);
});

describe('groups', () => {
  for (const group of groups) {
    it(`${group.name}: every file is there, and tests of them`, async () => {
      const find = pattern => Array.fromAsync(glob(path.join(root, group.package, 'src', pattern)));
      for (const file of group.mutate) assert.equal((await find(`${file}.ts`)).length, 1, file);
      const tests = await Promise.all(testsOf(group).map(find));
      assert.notEqual(tests.flat().length, 0);
      for (const name of group.alsoBy ?? [])
        assert.ok((await find(`${name}.test.ts`)).length, name);
    });
  }
});

it('aligns a table', () => {
  assert.deepEqual(
    table([
      ['group', 'package', 'mutants'],
      ['a', 'b', 12],
    ]),
    ['group  package  mutants', 'a      b             12'],
  );
});
