import { GitError } from '../git/run';
import { ForgeError } from './errors';
import type { Change, HostedRepository } from './hosted';
import { dismissStaleReviews } from './reviews';
import { closePull, markMerged, pullsFrom, pullsInto } from './pullState';

/** When something happened and who did it. */
export interface Act {
  /** Login. */
  actor: string;
  at: Date;
}

/** Brings the pull requests of a branch in line with where the branch is now, and tells about it. */
async function follow(
  change: Change,
  branch: string,
  before: string | undefined,
  after: string | undefined,
  act: Act,
): Promise<void> {
  const { state, git } = change;
  if (after === undefined) {
    delete state.branches[branch];
  } else {
    state.branches[branch] = after;
  }
  change.tellPush({ branch, before, after, actor: act.actor });
  for (const pull of pullsFrom(state, branch)) {
    if (after === undefined) {
      await closePull(change, pull, act);
    } else {
      if (before !== after) dismissStaleReviews(change, pull);
      pull.head.sha = after;
      pull.base.sha = state.branches[pull.base.ref] ?? pull.base.sha;
      pull.updatedAt = act.at.toISOString();
      await git.keepPullHead(pull.number, after);
      change.tellPull('synchronize', pull, act.actor);
    }
  }
  // A branch that came in by a push counts as merged, as on GitHub.
  for (const pull of after === undefined ? [] : pullsInto(state, branch)) {
    if (await git.isAncestor(pull.head.sha, after ?? '')) {
      await markMerged(change, pull, { ...act, sha: after ?? '', base: before });
    }
  }
}

/**
 * Moves, makes or removes a branch.
 *
 * @throws ForgeError 409 when the branch is not at `before` any more.
 */
export async function moveBranch(
  change: Change,
  branch: string,
  before: string | undefined,
  after: string | undefined,
  act: Act,
): Promise<void> {
  try {
    await change.git.updateBranch(branch, before, after);
  } catch (error) {
    if (error instanceof GitError) {
      throw new ForgeError(409, `Reference refs/heads/${branch} was changed by somebody else`);
    }
    throw error;
  }
  await follow(change, branch, before, after, act);
}

/** Finds out which branches were changed past the API (by `git push`, or before a crash) and follows them. */
export async function noticeBranches(repository: HostedRepository, act: Act): Promise<void> {
  await repository.change(async change => {
    const known = { ...change.state.branches };
    const now = await change.git.branches();
    const names = [...new Set([...Object.keys(known), ...Object.keys(now)])];
    for (const name of names.filter(branch => known[branch] !== now[branch])) {
      await follow(change, name, known[name], now[name], act);
    }
  });
}
