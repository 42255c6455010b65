import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anchorsOf, codeOf, linksOf, npmScriptsOf, tableBelow } from './markdown.mjs';

describe('what is read out of Markdown', () => {
  it('finds links and images, not those in code', () =>
    assert.deepEqual(
      linksOf('[a](b.md#c) ![d](e.png "f") `[g](h)`\n```\n[i](j)\n```\n[k]: l.md\n'),
      ['b.md#c', 'e.png', 'l.md'],
    ));

  it('makes anchors as GitHub does', () =>
    assert.deepEqual(
      anchorsOf('# Roll back, with a hold\n## `gitops` CLI\n```\n# no\n```\n## `gitops` CLI\n'),
      ['roll-back-with-a-hold', 'gitops-cli', 'gitops-cli-1'],
    ));

  it('finds npm scripts', () =>
    assert.deepEqual(
      npmScriptsOf('npm run test:e2e, npm start, `npm run gitops -- check`, npm install'),
      ['test:e2e', 'gitops', 'start'],
    ));

  it('reads the table below a heading, a pipe inside a cell included', () => {
    const text = '## A\n\n| x | y |\n| - | - |\n| 1 | `a\\|b` |\n\n## B\n\n| z |\n| - |\n| 2 |\n';
    assert.deepEqual(tableBelow(text, 'A'), [['1', '`a\\|b`']]);
    assert.deepEqual(tableBelow(text, 'B'), [['2']]);
    assert.deepEqual(tableBelow(text, 'C'), []);
  });

  it('finds code in a cell', () => assert.deepEqual(codeOf('`a/b` and `c`'), ['a/b', 'c']));
});
