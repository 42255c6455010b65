import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shorten } from '../text/shorten';
import type { GitPerson } from './commitFacts';
import { runGit, type GitRun } from './runGit';

/** A file that a commit changes. */
export interface CommitFile {
  /** From the repository's root, with `/`. */
  path: string;
  /** Absent for a file that the commit deletes. */
  text?: string;
  /** Git's mode of it; default `100644`. */
  mode?: string;
}

/** The key that commits are signed with. */
export interface SigningKey {
  /** Git's `gpg.format`. */
  format: 'ssh' | 'openpgp';
  /** Git's `user.signingKey`: path of a key of ssh, or the name of one that gpg knows. */
  key: string;
}

/** What a commit is made of. */
export interface NewCommit {
  /** The commit whose files it changes. */
  base: string;
  /** The commit that it follows, when that is another one than its base. */
  parent?: string;
  files: readonly CommitFile[];
  message: string;
  author: GitPerson;
  committer: GitPerson;
  signing?: SigningKey;
}

/** What a key is read with: the folders of gpg and of ssh, and their agents. */
const keyVariables = ['HOME', 'GNUPGHOME', 'SSH_AUTH_SOCK', 'XDG_RUNTIME_DIR'];

/** The commit could not be signed. */
export class SigningError extends Error {
  override name = 'SigningError';
}

/** A file is to be where Git would not check it out, or where it would harm who does. */
export class PathError extends Error {
  override name = 'PathError';

  constructor(file: string) {
    super(`no file of a repository may be at ${JSON.stringify(shorten(file, 100))}`);
  }
}

/**
 * Makes a commit in a repository of its own, which borrows what there is from another one and is gone afterwards: a change
 * that comes to nothing leaves nothing behind.
 *
 * @param gitDir - absolute path of the repository that has the base; it is only read
 * @param use - is given the path of the repository that has the commit, and its name
 * @throws GitExit
 * @throws PathError
 * @throws SigningError
 */
export async function withCommit<T>(
  gitDir: string,
  commit: NewCommit,
  options: Pick<GitRun, 'program' | 'signal'> & { timeoutMs: number },
  use: (gitDir: string, sha: string) => Promise<T>,
): Promise<T> {
  const odd = commit.files.find(file => !isPlain(file.path));
  if (odd) throw new PathError(odd.path);
  const folder = await mkdtemp(path.join(tmpdir(), 'gitops-commit-'));
  try {
    await writeBorrowing(folder, gitDir);
    const run = (more: Pick<GitRun, 'args' | 'input' | 'settings' | 'inherits'>) =>
      runGit({ gitDir: folder, ...options, ...more });
    const tree = await treeOf(commit, run);
    return await use(folder, await commitTree(commit, tree, run));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Git's own rule for paths of an index, which `fast-import` does not have: verify_path of read-cache.c. */
function isPlain(file: string): boolean {
  return !file.includes('\0') && file.split('/').every(part => !/^(?:\.{0,2}|\.git)$/i.test(part));
}

type Run = (run: Pick<GitRun, 'args' | 'input' | 'settings' | 'inherits'>) => Promise<Buffer>;

/** An empty bare repository that has all objects of another one. */
async function writeBorrowing(folder: string, from: string): Promise<void> {
  await mkdir(path.join(folder, 'objects', 'info'), { recursive: true });
  await mkdir(path.join(folder, 'refs', 'heads'), { recursive: true });
  await writeFile(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(
    path.join(folder, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  );
  const alternates = `${JSON.stringify(path.join(from, 'objects'))}\n`;
  await writeFile(path.join(folder, 'objects', 'info', 'alternates'), alternates);
}

/** @returns a name of the tree with the changed files, however many, made by one process */
async function treeOf({ base, files }: NewCommit, run: Run): Promise<string> {
  if (files.length === 0) return `${base}^{tree}`;
  const lines = [
    'commit refs/heads/change',
    'committer x <x> now',
    'data 0',
    `from ${base}`,
    ...files.map(({ path: file, text, mode = '100644' }) =>
      text === undefined
        ? `D ${quoted(file)}`
        : `M ${mode} inline ${quoted(file)}\ndata ${Buffer.byteLength(text)}\n${text}`,
    ),
    'done\n',
  ];
  await run({
    args: ['fast-import', '--quiet', '--done', '--date-format=now'],
    input: lines.join('\n'),
  });
  return 'refs/heads/change^{tree}';
}

/** https://git-scm.com/docs/git-fast-import#_filemodify */
function quoted(file: string): string {
  return `"${file.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

async function commitTree(
  { base, parent = base, message, author, committer, signing }: NewCommit,
  tree: string,
  run: Run,
): Promise<string> {
  const settings = {
    'author.name': author.name,
    'author.email': author.email,
    'committer.name': committer.name,
    'committer.email': committer.email,
    'i18n.commitEncoding': 'UTF-8',
    ...(signing ? { 'gpg.format': signing.format, 'user.signingKey': signing.key } : {}),
  };
  const args = ['commit-tree', ...(signing ? ['-S'] : []), '-p', parent, '-F', '-', tree];
  try {
    const output = await run({
      args,
      input: message,
      settings,
      ...(signing ? { inherits: keyVariables } : {}),
    });
    return output.toString().trim();
  } catch (error) {
    if (!signing) throw error;
    throw new SigningError(
      `the commit cannot be signed: see whether the ${signing.format} key is there, needs no passphrase, and may be read`,
      { cause: error },
    );
  }
}
