import path from 'node:path';
import { BranchWriter } from './BranchWriter';
import { parseCommit, type CommitFacts } from './commitFacts';
import { GitFault } from './GitFault';
import { MirrorStore, type MirrorOptions } from './MirrorStore';
import { RawParser, rawFormat, type CommitChanges, type FileChange } from './parseRaw';
import {
  parseEntries,
  parseTree,
  parseTreeDiff,
  type TreeChange,
  type TreeEntry,
  type TreeFile,
} from './treeFiles';

/** What a part of a history is read of. */
export interface HistoryRange {
  commit: string;
  /** A commit whose history is left out. */
  since?: string;
  /** Only what is in them; all when there is none. */
  folders: readonly string[];
}

/** Files that a commit may add and delete so that renames with changes are looked for. */
const maxRenameFiles = 2_000;
/** Folders that are remembered. */
const maxFolders = 16;

/**
 * A bare repository on this machine that follows one branch of a remote one. It has all commits and folders of the branch, and
 * contents once they were asked for. What was read of it stays true without the remote.
 */
export class Mirror {
  /** Writes branches of the remote. */
  readonly branches: BranchWriter;
  readonly #store: MirrorStore;
  readonly #repository: string;
  /** What folders of commits hold: many files of one are asked for after one another. */
  readonly #folders = new Map<string, Map<string, TreeEntry>>();

  constructor(options: MirrorOptions) {
    this.#store = new MirrorStore(options);
    this.#repository = options.repository;
    this.branches = new BranchWriter(this.#store, options);
  }

  /**
   * Brings over what is new on the branch: by one request when there is nothing.
   *
   * @returns the head of the branch
   * @throws GitFault
   */
  fetch(): Promise<string> {
    return this.#store.fetch();
  }

  /** The remote's head of the branch, by one request, without bringing it over. */
  look(): Promise<string> {
    return this.#store.look();
  }

  /** A sign of life of the remote, by a request that is small. */
  ping(): Promise<void> {
    return this.#store.ping();
  }

  /** Brings contents over together, so that nobody waits for them one by one; those that are not to be had are left out. */
  bringOver(names: readonly string[]): Promise<void> {
    return this.#store.bringOver(names);
  }

  /** Of these contents those that are not here. */
  missing(names: readonly string[]): Promise<string[]> {
    return this.#store.packs.missing(names);
  }

  /** The repository's address now, where its host leads from the configured one to another of its own. */
  get movedTo(): string | undefined {
    return this.#store.remote.movedTo;
  }

  /** What a commit says of itself; undefined when neither the mirror nor its remote has it. */
  async commit(sha: string): Promise<CommitFacts | undefined> {
    if (!(await this.#store.hasCommit(sha))) return undefined;
    const found = await this.#store.local(() => this.#store.objects.contents(sha));
    return found?.type === 'commit' ? parseCommit(sha, found.content) : undefined;
  }

  /** All files of a commit, links and submodules too. */
  async files(commit: string): Promise<TreeFile[]> {
    await this.#requireCommit(commit);
    return parseTree(await this.#store.read(['ls-tree', '-r', '-z', '--full-tree', commit]));
  }

  /** What stands at a path of a commit; undefined when nothing does, or there is no such commit. */
  async objectAt(commit: string, file: string): Promise<TreeEntry | undefined> {
    const { dir, base } = path.posix.parse(file);
    // Not by the path itself: Git wants to have the content of what it tells of.
    const name = `${commit}:${dir}`;
    const entries = this.#folders.get(name) ?? (await this.#entries(commit, name));
    return entries?.get(base);
  }

  /**
   * Contents by their names; those that the mirror lacks are brought over together.
   *
   * @param maxBytes - larger ones are left out
   * @returns without those that are not to be had
   */
  async contents(names: readonly string[], maxBytes: number): Promise<Map<string, Buffer>> {
    const { objects, packs } = this.#store;
    const wanted = [...new Set(names)].filter(name => /^[0-9a-f]{40}$/.test(name));
    await this.#store.bringOver(wanted);
    const found = await this.#store.local(async () => {
      const missing = new Set(await packs.missing(wanted));
      const there = wanted.filter(name => !missing.has(name));
      return Promise.all(
        there.map(async name => {
          const { type, size = 0 } = (await objects.info(name)) ?? {};
          return type === 'blob' && size <= maxBytes ? objects.contents(name) : undefined;
        }),
      );
    });
    return new Map(found.flatMap(one => (one ? [[one.id, one.content]] : [])));
  }

  /**
   * Bytes of contents, by their names; those that the mirror lacks are brought over together.
   *
   * @returns without those that are not to be had
   */
  async sizes(names: readonly string[]): Promise<Map<string, number>> {
    const wanted = [...new Set(names)];
    await this.#store.bringOver(wanted);
    const missing = new Set(await this.#store.packs.missing(wanted));
    const found = await this.#store.local(() =>
      Promise.all(
        wanted.filter(name => !missing.has(name)).map(name => this.#store.objects.info(name)),
      ),
    );
    return new Map(found.flatMap(one => (one ? [[one.id, one.size]] : [])));
  }

  /** Commits that changed a file or folder, newest first, as `git log` has them. */
  async history(file: string, commit: string, count: number, skip = 0): Promise<string[]> {
    await this.#requireCommit(commit);
    const args = ['log', '--format=%H', `--max-count=${count}`, `--skip=${skip}`, commit, '--'];
    const output = await this.#store.read([...args, ...(file === '' ? [] : [file])]);
    return output.toString().split('\n').filter(Boolean);
  }

  /**
   * What each commit did to files, newest first; merges are left out, as `git log` does.
   *
   * @param onCommit - `false` ends it
   */
  async changes(
    { commit, since, folders }: HistoryRange,
    onCommit: (changes: CommitChanges) => boolean,
  ): Promise<void> {
    await this.#requireCommit(commit);
    let goesOn = true;
    const parser = new RawParser(one => {
      if (goesOn) goesOn = onCommit(one);
    });
    const options = ['--raw', '-z', '--no-abbrev', '--no-renames', rawFormat];
    await this.#store.read(['log', ...options, ...rangeOf(commit, since), '--', ...folders], {
      maxBytes: Infinity,
      onOutput: part => {
        parser.take(part);
        return goesOn;
      },
    });
    parser.end();
  }

  /** What a commit did to files, and which of them it moved, also when it changed them a little. */
  async renames(sha: string): Promise<{ parent?: string; changes: FileChange[] }> {
    const [parent] = (await this.commit(sha))?.parents ?? [];
    if (!parent) return { changes: [] };
    const changes = await this.#diff(parent, sha, '--no-renames');
    const gone = changes.filter(({ to }) => !to);
    const added = changes.filter(({ from }) => !from);
    if (gone.length === 0 || added.length === 0) return { parent, changes };
    // Files are compared by their contents.
    const contents = [...gone, ...added].map(({ from, to }) => to ?? from!);
    const isSmall = contents.length <= maxRenameFiles;
    if (isSmall) await this.#store.bringOver(contents);
    const isWhole = isSmall && (await this.#store.packs.missing(contents)).length === 0;
    return { parent, changes: await this.#diff(parent, sha, isWhole ? '-M50%' : '-M100%') };
  }

  /**
   * Commits with their parents, newest first.
   *
   * @param count - at most so many
   */
  async graph(commit: string, count: number, since?: string): Promise<string[][]> {
    await this.#requireCommit(commit);
    const args = ['rev-list', '--parents', `--max-count=${count}`, ...rangeOf(commit, since), '--'];
    const lines = (await this.#store.read(args)).toString().split('\n');
    return lines.filter(Boolean).map(line => line.split(' '));
  }

  /** Whether all of a commit's history is part of another's. */
  async isAncestor(commit: string, of: string): Promise<boolean> {
    if (commit === of) return true;
    if (!(await this.#store.hasCommit(commit)) || !(await this.#store.hasCommit(of))) return false;
    // The first commit that the other one does not have.
    const args = ['rev-list', '--max-count=1', ...rangeOf(commit, of), '--'];
    return (await this.#store.read(args)).length === 0;
  }

  /** Where two histories part; undefined when they have nothing in common. */
  async mergeBase(one: string, other: string): Promise<string | undefined> {
    await Promise.all([one, other].map(sha => this.#requireCommit(sha)));
    const found = await this.#store.read(['merge-base', one, other], { answers: [1] });
    return found.toString().trim() || undefined;
  }

  /** The files that differ between two commits, by path; what was moved is gone and new. */
  async compare(from: string, to: string): Promise<Map<string, TreeChange>> {
    await Promise.all([from, to].map(sha => this.#requireCommit(sha)));
    const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--no-renames', from, to];
    return parseTreeDiff(await this.#store.read(args));
  }

  /** Ends the processes; what is asked afterwards starts them again. */
  close(): void {
    this.#store.close();
  }

  async #entries(commit: string, name: string): Promise<Map<string, TreeEntry> | undefined> {
    if (!(await this.#store.hasCommit(commit))) return undefined;
    const tree = await this.#store.local(() => this.#store.objects.contents(name));
    const entries = tree?.type === 'tree' ? parseEntries(tree.content) : new Map();
    this.#folders.set(name, entries);
    if (this.#folders.size > maxFolders) this.#folders.delete([...this.#folders.keys()][0]);
    return entries;
  }

  async #requireCommit(sha: string): Promise<void> {
    if (await this.#store.hasCommit(sha)) return;
    throw new GitFault('not-found', `${this.#repository} has no commit ${sha}`);
  }

  async #diff(from: string, to: string, renames: string): Promise<FileChange[]> {
    let changes: FileChange[] = [];
    const parser = new RawParser(one => {
      changes = one.changes;
    });
    // The form that `git log` prints.
    parser.take(Buffer.from(`\0${to}\0`));
    const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', renames, '-l0', from, to];
    parser.take(await this.#store.read(args));
    parser.end();
    return changes;
  }
}

function rangeOf(commit: string, since: string | undefined): string[] {
  return since ? [commit, `^${since}`] : [commit];
}
