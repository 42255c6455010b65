import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBrowser } from './browser.mjs';

describe('findBrowser', () => {
  let folder;
  const program = async (name, script) => {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'browser test '));
  });
  after(() => rm(folder, { recursive: true }));

  it('takes the one that is named', async () => {
    const file = await program('mine', 'exit 0');
    assert.equal(await findBrowser({ CHROME_PATH: file, PATH: '' }), file);
    assert.equal(await findBrowser({ PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: file }), file);
  });

  it('says that the named one is none', () =>
    assert.rejects(
      findBrowser({ CHROME_PATH: '/nowhere/chrome' }),
      /^CureError: CHROME_PATH=\/nowhere\/chrome is no program/,
    ));

  it('finds one on PATH, but not a stub that does not run', async () => {
    await program('chromium-browser', 'echo "install the snap"; exit 1');
    const chrome = await program('google-chrome', 'echo "Chrome 140"');
    assert.equal(await findBrowser({ PATH: folder }), chrome);
    await rm(chrome);
  });

  it('says how to get one where it cannot be installed', () =>
    assert.rejects(
      findBrowser({ PATH: folder }, 'linux'),
      /^CureError: No browser was found: install one \(Debian and Ubuntu: apt-get install chromium/,
    ));
});
