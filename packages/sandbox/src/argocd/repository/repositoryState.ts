import { Checkouts } from './checkouts';
import { GitRepository } from './gitRepository';
import { ManifestError, RepositoryUnavailableError } from './manifestError';

const fullSha = /^[0-9a-f]{40}$/;

/** One repository as it was last seen: its references, and the mirror that holds their commits. */
export class RepositoryState {
  private references?: Map<string, string>;
  private refreshing?: Promise<boolean>;
  private again = false;

  constructor(readonly url: string, readonly git: GitRepository, readonly checkouts: Checkouts) {}

  /**
   * Looks whether the remote has changed, and fetches if so. Calls that come while one is under way share one more look.
   * @returns whether something changed.
   * @throws {@link RepositoryUnavailableError}
   */
  async refresh(): Promise<boolean> {
    if (this.refreshing) {
      this.again = true;
      return await this.refreshing;
    }
    this.refreshing = this.look().finally(() => {
      this.refreshing = undefined;
    });
    return await this.refreshing;
  }

  /**
   * The commit that a revision names: HEAD (also an empty one), a branch, a tag or a full SHA.
   * @throws {@link RepositoryUnavailableError} when the remote was never seen and cannot be reached.
   * @throws {@link ManifestError} when there is no such revision.
   */
  async resolve(revision: string | undefined): Promise<string> {
    if (!this.references) await this.refresh();
    const wanted = revision || 'HEAD';
    const references = this.references ?? new Map<string, string>();
    for (const name of [wanted, `refs/heads/${wanted}`, `refs/tags/${wanted}`]) {
      const sha = references.get(name);
      if (sha) return sha;
    }
    if (fullSha.test(wanted) && (await this.git.has(wanted))) return wanted;
    throw new ManifestError(`unable to resolve '${wanted}' to a commit SHA`);
  }

  private async look(): Promise<boolean> {
    let changed = false;
    do {
      this.again = false;
      try {
        const references = await this.git.remoteReferences();
        if (!same(references, this.references)) {
          await this.git.fetch();
          this.references = references;
          changed = true;
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new RepositoryUnavailableError(`failed to list refs: ${reason}`);
      }
    } while (this.again);
    return changed;
  }
}

function same(left: Map<string, string>, right: Map<string, string> | undefined): boolean {
  return left.size === right?.size && [...left].every(([name, sha]) => right.get(name) === sha);
}
