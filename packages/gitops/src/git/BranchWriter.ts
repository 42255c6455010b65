import { withCommit, type NewCommit } from './commitBuilder';
import { explainPush, PushFault, type PushSubject } from './explainPush';
import type { MirrorOptions, MirrorStore } from './MirrorStore';
import { GitExit } from './runGit';
import { parseTreeDiff } from './treeFiles';

/** Milliseconds to make a commit of thousands of files. */
const buildMs = 60_000;

/** The base may move on while it is pushed to. */
const maxAttempts = 3;

/** Where a change is written. */
export interface BranchTarget {
  branch: string;
  /** The commit that the branch is at; absent when there must be no such branch. */
  expected?: string;
}

/**
 * Writes branches of a mirror's remote: a change is one commit and one push, however many files it has. The host takes it
 * only when the branch is where it was seen, so that of two writers one gets it.
 */
export class BranchWriter {
  readonly #store: MirrorStore;
  readonly #options: Pick<MirrorOptions, 'repository' | 'program'>;

  constructor(store: MirrorStore, options: Pick<MirrorOptions, 'repository' | 'program'>) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * The commit that a branch of the remote is at, by one request; undefined when there is no such branch.
   *
   * @throws GitFault
   */
  tip(branch: string): Promise<string | undefined> {
    return this.#store.explained(() => this.#store.remote.tip(branch));
  }

  /**
   * Commits files and points a branch at the commit.
   *
   * @returns the commit
   * @throws PushFault when nothing was written, or when that is not known
   */
  async write(commit: NewCommit, target: BranchTarget): Promise<string> {
    const { program } = this.#options;
    const options = {
      timeoutMs: buildMs,
      signal: this.#store.ending,
      ...(program ? { program } : {}),
    };
    return this.#explained(target, async () => {
      await this.#prepare(commit, target);
      return withCommit(this.#store.gitDir, commit, options, async (gitDir, sha) => {
        await this.#push(gitDir, sha, target);
        return sha;
      });
    });
  }

  /**
   * Deletes a branch.
   *
   * @throws PushFault
   */
  async delete({ branch, expected }: Required<BranchTarget>): Promise<void> {
    const target = { branch, expected };
    await this.#explained(target, () => this.#push(this.#store.gitDir, undefined, target));
  }

  /** Makes sure that what goes out, or what Git looks at for it, is here. */
  async #prepare({ base, parent = base }: NewCommit, target: BranchTarget): Promise<void> {
    for (const sha of new Set([base, parent])) {
      if (!(await this.#store.hasCommit(sha))) throw new PushFault('moved', this.#subject(target));
    }
    if (base === parent) return;
    const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--no-renames', parent, base];
    const changes = parseTreeDiff(await this.#store.read(args));
    await this.#store.bringOver(
      [...changes.values()].flatMap(({ after }) => (after?.type === 'blob' ? after.id : [])),
    );
  }

  /**
   * Pushes. What the host has is left out of that as far as its branches are known here: when one of them moved on, all contents
   * of the history would have to go.
   */
  async #push(gitDir: string, sha: string | undefined, target: BranchTarget): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#pushOnce(gitDir, sha, target);
        return;
      } catch (error) {
        const isLacking =
          error instanceof GitExit && /unable to read [0-9a-f]{40}/.test(error.said);
        if (!isLacking || attempt === maxAttempts) throw error;
        await this.#store.fetch();
      }
    }
  }

  /** A connection that ends in the middle says nothing of what became of the branch: that is looked up. */
  async #pushOnce(gitDir: string, sha: string | undefined, target: BranchTarget): Promise<void> {
    const { branch, expected } = target;
    try {
      await this.#store.remote.push(gitDir, branch, sha, expected);
    } catch (error) {
      const { kind } = explainPush(error, this.#subject(target));
      if (kind !== 'unanswered') throw error;
      const tip = await this.#store.remote.tip(branch).catch(() => 'unknown');
      if (tip === sha) return;
      if (tip === expected) throw error;
      throw new PushFault(tip === 'unknown' ? tip : 'moved', this.#subject(target), error);
    }
  }

  async #explained<T>(target: BranchTarget, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      const fault = explainPush(error, this.#subject(target));
      if (fault !== error) this.#store.tell(error);
      throw fault;
    }
  }

  #subject({ branch }: BranchTarget): PushSubject {
    return { repository: this.#options.repository, branch };
  }
}
