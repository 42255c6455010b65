import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashFiles, listFiles } from './hash.mjs';

describe('hashFiles', () => {
  let root;
  const write = async (name, text) => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'hash test '));
    await write('a/one.ts', '1');
    await write('a/b/two.ts', '2');
    await write('a/node_modules/x/index.js', 'x');
    await write('a/dist/main.js', 'x');
    await write('lock', 'l');
  });
  after(() => rm(root, { recursive: true }));

  it('lists sources, not what is built or installed', async () => {
    const files = await listFiles(root, ['a', 'lock', 'absent']);
    assert.deepEqual(files, ['a/b/two.ts', 'a/one.ts', 'lock']);
  });

  it('changes with contents and names, not with build results', async () => {
    const first = await hashFiles(root, ['a']);
    await write('a/dist/main.js', 'y');
    assert.equal(await hashFiles(root, ['a']), first);
    await write('a/one.ts', '11');
    const second = await hashFiles(root, ['a']);
    assert.notEqual(second, first);
    await write('a/three.ts', '');
    assert.notEqual(await hashFiles(root, ['a']), second);
    assert.notEqual(await hashFiles(root, ['a'], 'extra'), await hashFiles(root, ['a']));
  });
});
