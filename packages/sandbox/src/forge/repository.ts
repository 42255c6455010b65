import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { access, appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Signature } from './git/commit';
import { isTreePath, requireBranch, requireSha, zeroSha } from './git/names';
import { RepositoryReader } from './git/reader';
import { gitEnvironment, runGit } from './git/run';
import { withTemporaryFolder } from './git/temporary';
import { writeTree, type TreeChange } from './git/tree';

/** What is set for each repository, as Git's configuration file has it. */
const settings = `[gc]
	auto = 0
[receive]
	autogc = false
	maxInputSize = ${100 * 1024 * 1024}
	hideRefs = refs/pull
[http]
	receivepack = true
[uploadpack]
	# As GitHub: a clone may leave contents out, and ask for them by their names.
	allowFilter = true
	allowAnySHA1InWant = true
[core]
	hooksPath = /dev/null
`;

/** A bare repository on disk, read and written with the system's Git and nothing else. */
export class Repository extends RepositoryReader {
  /** Opens the repository, made first if it is not there. */
  static async open(program: string, gitDir: string): Promise<Repository> {
    const exists = await access(gitDir).then(
      () => true,
      () => false,
    );
    if (!exists) {
      // Made aside and renamed, so that a half-made one is never found.
      const making = `${gitDir}.${process.pid}.tmp`;
      await rm(making, { recursive: true, force: true });
      await mkdir(making, { recursive: true });
      await runGit(program, ['init', '-q', '--bare', '-b', 'main', '--template=', '--', making]);
      // One write: `git config` would be a process for each setting.
      await appendFile(path.join(making, 'config'), settings);
      await rename(making, gitDir);
    }
    const repository = new Repository(program, gitDir);
    // What a killed process has left there.
    await rm(repository.temporary, { recursive: true, force: true });
    return repository;
  }

  private get temporary(): string {
    return path.join(this.gitDir, 'temporary');
  }

  /** Calls with a fresh folder, which is gone afterwards; after a crash it is gone at the next start. */
  withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    return withTemporaryFolder(this.temporary, use);
  }

  /** Stores contents as a blob; returns its SHA-1. */
  async writeBlob(content: string | Buffer): Promise<string> {
    const { stdout } = await this.git(['hash-object', '-w', '--stdin'], { input: content });
    return stdout.toString().trim();
  }

  /** Stores many contents in one run of Git; returns their SHA-1s, in their order. */
  async writeBlobs(contents: ReadonlyArray<string | Buffer>): Promise<string[]> {
    if (contents.length === 0) return [];
    return this.withTemporaryFolder(async folder => {
      const files = contents.map((_, index) => path.join(folder, String(index)));
      await Promise.all(files.map((file, index) => writeFile(file, contents[index])));
      const args = ['hash-object', '-w', '--no-filters', '--stdin-paths'];
      const { stdout } = await this.git(args, { input: `${files.join('\n')}\n` });
      return stdout.toString().trim().split('\n');
    });
  }

  /** Stores a tree made of another one and changes; returns its SHA-1. */
  async writeTree(base: string | undefined, changes: TreeChange[]): Promise<string> {
    const broken = changes.find(change => !isTreePath(change.path));
    if (broken) {
      throw new Error(`not a path: ${JSON.stringify(broken.path.slice(0, 60))}`);
    }
    changes.forEach(change => change.sha !== undefined && requireSha(change.sha));
    return this.withTemporaryFolder(folder =>
      writeTree((args, options) => this.git(args, options), folder, base, changes),
    );
  }

  /** Stores a commit; returns its SHA-1. No branch moves. */
  async writeCommit(commit: {
    tree: string;
    parents: string[];
    message: string;
    author: Signature;
    committer?: Signature;
  }): Promise<string> {
    const committer = commit.committer ?? commit.author;
    const env = {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: `@${Math.trunc(commit.author.date.getTime() / 1000)} +0000`,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: `@${Math.trunc(committer.date.getTime() / 1000)} +0000`,
    };
    const parents = commit.parents.flatMap(parent => ['-p', requireSha(parent)]);
    const { stdout } = await this.git(['commit-tree', requireSha(commit.tree), ...parents], {
      input: commit.message,
      env,
    });
    return stdout.toString().trim();
  }

  /**
   * Moves a branch, provided that it is where the caller believes it to be.
   *
   * @param before - undefined when the branch must not be there yet
   * @param after - undefined removes the branch
   * @throws GitError when somebody else was faster.
   */
  async updateBranch(name: string, before: string | undefined, after: string | undefined) {
    const ref = `refs/heads/${requireBranch(name)}`;
    const old = before === undefined ? zeroSha : requireSha(before);
    const args =
      after === undefined
        ? ['update-ref', '--no-deref', '-d', ref, old]
        : ['update-ref', '--no-deref', ref, requireSha(after), old];
    await this.git(args);
  }

  /** Keeps a pull request's head under `refs/pull/N/head`, as GitHub does. */
  async keepPullHead(number: number, sha: string): Promise<void> {
    const ref = `refs/pull/${Math.trunc(number)}/head`;
    await this.git(['update-ref', '--no-deref', ref, requireSha(sha)]);
  }

  /** Starts `git archive` of a commit as tar.gz; every path begins with `prefix/`. */
  archive(commit: string, prefix: string): ChildProcessWithoutNullStreams {
    if (!isTreePath(prefix)) {
      throw new Error(`not a path: ${JSON.stringify(prefix)}`);
    }
    const args = ['archive', '--format=tar.gz', `--prefix=${prefix}/`, requireSha(commit)];
    return spawn(this.program, ['--git-dir', this.gitDir, ...args], { env: gitEnvironment() });
  }

  /** Writes a commit's files into a folder. Symbolic links become plain files, so that none leads out of it. */
  async materialise(commit: string, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const env = { GIT_INDEX_FILE: `${folder}.index` };
    await this.git(['read-tree', requireSha(commit)], { env });
    await this.git(
      ['-c', 'core.symlinks=false', '--work-tree', folder, 'checkout-index', '-a', '-f', '-q'],
      { env },
    );
  }
}
