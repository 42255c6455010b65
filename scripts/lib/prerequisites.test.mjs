import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkGit, checkHost } from './prerequisites.mjs';

describe('checkHost', () => {
  it('accepts Node 20 on Linux and macOS', () => {
    checkHost({ node: '20.0.0', platform: 'linux' });
    checkHost({ node: '26.1.0', platform: 'darwin' });
  });
  it('says in one line what to do about an old Node or another platform', () => {
    const oldNode = { node: '18.20.4', platform: 'linux' };
    assert.throws(() => checkHost(oldNode), /^CureError: Node 18.20.4 is too old: install .+$/);
    assert.throws(() => checkHost({ node: '22.0.0', platform: 'win32' }), /WSL 2\.$/);
  });
});

describe('checkGit', () => {
  let folder;
  const fakeGit = async answer => {
    const file = path.join(folder, 'git');
    await writeFile(file, `#!/bin/sh\necho "${answer}"\n`);
    await chmod(file, 0o755);
    return file;
  };
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'git test '));
  });
  after(() => rm(folder, { recursive: true }));

  it('accepts a new git', async () => checkGit(await fakeGit('git version 2.38.0')));
  it('refuses an old one with its version and the cure', async () => {
    const old = await fakeGit('git version 2.30.2');
    await assert.rejects(
      checkGit(old),
      /^CureError: git version 2.30.2 is too old: install git 2.38/,
    );
  });
  it('says that there is none', () =>
    assert.rejects(checkGit(path.join(folder, 'absent')), /git was not found \(ENOENT\): install/));
});
