import { ObjectReader, type GitObject } from '@internal/gitops';
import { ImmutableCache } from '../cache';
import { parseCommit, type Commit } from './commit';
import { parseChanges, splitPatches, type FileChange } from './diff';
import { emptyTree, isAbbreviatedSha, isRefName, isTreePath, requireSha } from './names';
import { runGit, type GitRunOptions } from './run';
import { parseTree, type TreeEntry } from './tree';

/** What {@link RepositoryReader.log} lists. */
export interface LogOptions {
  /** Commits that these reach are left out. */
  exclude?: string[];
  /** Only commits that change this file or folder. */
  path?: string;
  since?: Date;
  until?: Date;
  skip?: number;
  limit?: number;
}

/** The state may lie on a volume whose files belong to another user. */
const readableByAll = { 'safe.directory': '*' };

/** The reading half of a bare repository. Every name that reaches Git is a checked SHA-1, ref name or path. */
export class RepositoryReader {
  private readonly objects: ObjectReader;
  private readonly mergeBases = new ImmutableCache<string | undefined>(500);
  private readonly merges = new ImmutableCache<string | undefined>(500);
  private readonly ranges = new ImmutableCache<string[]>(500);
  private readonly diffs = new ImmutableCache<FileChange[]>(100);

  constructor(protected readonly program: string, readonly gitDir: string) {
    this.objects = new ObjectReader(gitDir, program, readableByAll);
  }

  /** Lets go of the process that reads objects. */
  close(): void {
    this.objects.close();
  }

  /** All branches, name to SHA-1. */
  async branches(): Promise<Record<string, string>> {
    const format = '--format=%(objectname) %(refname:lstrip=2)';
    const { stdout } = await this.git(['for-each-ref', format, 'refs/heads/']);
    const lines = stdout.toString().split('\n').filter(Boolean);
    return Object.fromEntries(lines.map(line => [line.slice(41), line.slice(0, 40)]));
  }

  /** The commit that a branch points at; undefined when there is no such branch. */
  async branch(name: string): Promise<string | undefined> {
    return isRefName(name) ? (await this.objects.info(`refs/heads/${name}`))?.id : undefined;
  }

  /**
   * The commit behind a branch, tag, SHA-1 (also abbreviated), `HEAD` or a name such as `heads/main`;
   * undefined when there is none.
   */
  async resolve(name: string): Promise<string | undefined> {
    const short = name.replace(/^(refs\/)?heads\//, '');
    const candidates = [
      ...(name === 'HEAD' ? ['HEAD'] : []),
      ...(isRefName(short) ? [`refs/heads/${short}`] : []),
      ...(isRefName(name) ? [`refs/tags/${name.replace(/^(refs\/)?tags\//, '')}`] : []),
      ...(/^(refs\/)?pull\/\d+\/head$/.test(name) ? [`refs/${name.replace(/^refs\//, '')}`] : []),
      ...(isAbbreviatedSha(name) ? [name] : []),
    ];
    for (const candidate of candidates) {
      const object = await this.objects.info(`${candidate}^{commit}`);
      if (object) {
        return object.id;
      }
    }
    return undefined;
  }

  /** A commit; undefined when there is none of this SHA-1. */
  async commit(sha: string): Promise<Commit | undefined> {
    const object = await this.objects.contents(requireSha(sha));
    return object?.type === 'commit' ? parseCommit(object.id, object.content) : undefined;
  }

  /** Any object by its SHA-1, with its contents. */
  object(sha: string): Promise<GitObject | undefined> {
    return this.objects.contents(requireSha(sha));
  }

  /** Type and size of any object by its SHA-1. */
  objectInfo(sha: string): Promise<GitObject | undefined> {
    return this.objects.info(requireSha(sha));
  }

  /** The file (blob) or folder (tree) at a path of a commit; an empty path is the root. */
  async at(commit: string, path: string): Promise<GitObject | undefined> {
    if (path !== '' && !isTreePath(path)) {
      return undefined;
    }
    return this.objects.contents(`${requireSha(commit)}:${path}`);
  }

  /** The entries of a tree (or of a commit's tree), folders among them. */
  async tree(sha: string, options: { recursive?: boolean } = {}): Promise<TreeEntry[]> {
    const depth = options.recursive ? ['-r', '-t'] : [];
    const { stdout } = await this.git(['ls-tree', '-z', '-l', ...depth, requireSha(sha)]);
    return parseTree(stdout.toString());
  }

  /** Commits that `from` reaches, newest first. */
  async log(from: string, options: LogOptions = {}): Promise<Commit[]> {
    const range = this.range(from, options);
    const paging = [
      `--max-count=${Math.trunc(options.limit ?? 30)}`,
      `--skip=${Math.trunc(options.skip ?? 0)}`,
    ];
    const { stdout } = await this.git(['--literal-pathspecs', 'rev-list', ...paging, ...range]);
    const shas = stdout.toString().split('\n').filter(Boolean);
    const commits = await Promise.all(shas.map(sha => this.commit(sha)));
    return commits.filter(commit => commit !== undefined);
  }

  /** The commits that `head` reaches and `base` does not, oldest first, 250 at most. */
  between(base: string, head: string): Promise<string[]> {
    return this.ranges.get(`${base} ${head}`, async () => {
      const args = ['rev-list', '--max-count=250', requireSha(head), `^${requireSha(base)}`];
      const { stdout } = await this.git(args);
      return stdout.toString().split('\n').filter(Boolean).reverse();
    });
  }

  /** How many commits {@link RepositoryReader.log} would list without a limit. */
  async count(from: string, options: LogOptions = {}): Promise<number> {
    const range = this.range(from, options);
    const { stdout } = await this.git(['--literal-pathspecs', 'rev-list', '--count', ...range]);
    return Number(stdout.toString());
  }

  /** The best common ancestor; undefined when there is none. */
  mergeBase(one: string, other: string): Promise<string | undefined> {
    return this.mergeBases.get(`${one} ${other}`, async () => {
      const args = ['merge-base', requireSha(one), requireSha(other)];
      const { stdout } = await this.git(args, { allowedExitCodes: [1] });
      return stdout.toString().trim() || undefined;
    });
  }

  /** Whether `ancestor` is in the history of `descendant`. */
  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.mergeBase(ancestor, descendant)) === ancestor;
  }

  /** The tree of both sides merged; undefined when they conflict. Writes no commit. */
  mergeTree(base: string, head: string): Promise<string | undefined> {
    return this.merges.get(`${base} ${head}`, async () => {
      const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages'];
      const { exitCode, stdout } = await this.git([...args, requireSha(base), requireSha(head)], {
        allowedExitCodes: [1],
      });
      return exitCode === 0 ? stdout.toString().trim() : undefined;
    });
  }

  /** What changed between two commits or trees; `from` undefined: everything in `to` is new. */
  diff(from: string | undefined, to: string): Promise<FileChange[]> {
    const before = requireSha(from ?? emptyTree);
    return this.diffs.get(`${before} ${to}`, async () => {
      const args = ['diff-tree', '-r', '-M', '--no-color', '--no-ext-diff'];
      const [raw, patch] = await Promise.all([
        this.git([...args, '--raw', '--no-abbrev', '--numstat', '-z', before, requireSha(to)]),
        this.git([...args, '-p', before, requireSha(to)]),
      ]);
      return parseChanges(raw.stdout.toString(), splitPatches(patch.stdout.toString()));
    });
  }

  /** The text of a change as `git diff` prints it. */
  async diffText(from: string | undefined, to: string): Promise<string> {
    const sides = [requireSha(from ?? emptyTree), requireSha(to)];
    const args = ['diff-tree', '-r', '-M', '-p', '--no-color', '--no-ext-diff', ...sides];
    return (await this.git(args)).stdout.toString();
  }

  private range(from: string, options: LogOptions): string[] {
    return [
      ...(options.since ? [`--since=${Math.trunc(options.since.getTime() / 1000)}`] : []),
      ...(options.until ? [`--until=${Math.trunc(options.until.getTime() / 1000)}`] : []),
      '--end-of-options',
      requireSha(from),
      ...(options.exclude ?? []).map(sha => `^${requireSha(sha)}`),
      '--',
      ...(options.path ? [options.path] : []),
    ];
  }

  protected git(args: string[], options?: GitRunOptions) {
    return runGit(this.program, ['--git-dir', this.gitDir, ...args], options);
  }
}
