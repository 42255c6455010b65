import { LRUCache } from 'lru-cache';
import { toUpstreamError, type GithubApi, type GitRenames } from '@internal/gitops';
import type { CommitCache } from './CommitCache';
import type { HeadFile } from './HeadFile';

/** Where a file was before a commit moved it. */
export interface FormerPlace {
  path: string;
  /** The commit before the move. */
  ref: string;
}

/** Renames of all files that a commit may have moved at once are remembered for this many commits. */
const maxCommits = 100;

/**
 * Where tenant files came from. GitHub's list of a file's commits ends where it got its path; the commit itself tells what
 * it renamed. A file that was copied and deleted, or was changed too much on the way, has no former place.
 */
export class FileMoves {
  readonly #commits: CommitCache;
  readonly #isTenantFile: (path: string) => boolean;
  readonly #renames: LRUCache<string, GitRenames>;

  /** @param isTenantFile - whether a path is that of a tenant file now */
  constructor(
    api: Pick<GithubApi, 'renamesOf'>,
    commits: CommitCache,
    isTenantFile: (path: string) => boolean,
  ) {
    this.#commits = commits;
    this.#isTenantFile = isTenantFile;
    this.#renames = new LRUCache({ max: maxCommits, fetchMethod: commit => api.renamesOf(commit) });
  }

  /**
   * The place of a file before the commit that gave it a path.
   *
   * @returns undefined when it was made there, or was another tenant's: Git takes a file that was deleted and one like it
   * that was added for a rename, and the history of one tenant is nothing for another
   * @throws UpstreamError
   */
  async before(
    { tenant, reading }: HeadFile,
    path: string,
    commit: string,
  ): Promise<FormerPlace | undefined> {
    // Any other file does not say whose it is.
    if (reading !== undefined) return undefined;
    const { parent, from } = await this.#renamesOf(commit);
    const former = from.get(path);
    if (!former || !parent || this.#isTenantFile(former)) return undefined;
    // A file that can be read as this tenant's names the tenant.
    const { version } = await this.#commits.versionAt(parent, tenant, former);
    return version === undefined ? undefined : { path: former, ref: parent };
  }

  /** Of a commit that is too large for GitHub to compare, nothing is known for ever; the history ends there. */
  async #renamesOf(commit: string): Promise<GitRenames> {
    const none: GitRenames = { from: new Map() };
    try {
      return (await this.#renames.fetch(commit)) ?? none;
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      if (errorClass !== 'bad-answer' && errorClass !== 'not-found') throw error;
      return none;
    }
  }
}
