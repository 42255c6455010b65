import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { takeLock } from './lock.mjs';

describe('takeLock', () => {
  let folder;
  let file;
  const quiet = { pollMs: 10, log: () => {} };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lock test '));
    file = path.join(folder, 'lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is held until it is given back', async () => {
    const release = await takeLock(file, quiet);
    assert.equal(await readFile(file, 'utf8'), String(process.pid));
    await release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('waits for a live holder and says so once', async () => {
    // The parent of this process lives longer than the test.
    await writeFile(file, String(process.ppid));
    const said = [];
    let taken = false;
    const second = takeLock(file, { pollMs: 10, log: line => said.push(line) }).then(release => {
      taken = true;
      return release;
    });
    await new Promise(resolve => setTimeout(resolve, 100));
    assert.equal(taken, false);
    assert.equal(said.length, 1);
    assert.match(said[0], new RegExp(`process ${process.ppid}`));
    await rm(file);
    await (
      await second
    )();
  });

  for (const [what, prepare] of [
    ['a dead holder', () => writeFile(file, '999999999')],
    ['half a lock', () => writeFile(file, '')],
    [
      'a number that was given to another process',
      async () => {
        await writeFile(file, String(process.ppid));
        const old = new Date(Date.now() - 60_000);
        await utimes(file, old, old);
      },
    ],
  ]) {
    it(`takes over from ${what}`, async () => {
      await prepare();
      const release = await takeLock(file, quiet);
      assert.equal(await readFile(file, 'utf8'), String(process.pid));
      await release();
      assert.deepEqual(await readdir(folder), []);
    });
  }
});
