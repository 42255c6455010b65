import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readIdentity } from './readIdentity';

describe('readIdentity', () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'identity-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('knows nothing of a folder that is no checkout', () => {
    expect(readIdentity(root)).toEqual({ revisions: [] });
  });

  it('reads origin, the branch, and what else stands at its commit', () => {
    write('.git/HEAD', 'ref: refs/heads/trunk\n');
    write(
      '.git/config',
      '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:acme/platform.git\n\tfetch = x\n',
    );
    write('.git/refs/heads/trunk', 'aaaa\n');
    write('.git/packed-refs', '# pack-refs\naaaa refs/tags/v1\nbbbb refs/heads/other\n');
    expect(readIdentity(root)).toEqual({
      origin: 'git@github.com:acme/platform.git',
      revisions: ['trunk', 'v1'],
    });
  });

  it('reads a commit that is checked out, in a work tree of its own', () => {
    write('main/.git/config', '');
    write('main/.git/refs/remotes/origin/main', 'cccc\n');
    write('main/.git/worktrees/one/HEAD', 'cccc\n');
    write('main/.git/worktrees/one/commondir', '../..\n');
    write('one/.git', 'gitdir: ../main/.git/worktrees/one\n');
    expect(readIdentity(path.join(root, 'one'))).toEqual({ revisions: ['main'] });
  });
});
