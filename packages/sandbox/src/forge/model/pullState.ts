import type { Act } from './branches';
import type { Change } from './hosted';
import type { PullRequest, RepositoryState } from './types';
import type { Repository } from '../repository';

/** Open pull requests that come from a branch. */
export function pullsFrom(state: RepositoryState, branch: string): PullRequest[] {
  return state.pulls.filter(pull => pull.state === 'open' && pull.head.ref === branch);
}

/** Open pull requests that go into a branch. */
export function pullsInto(state: RepositoryState, branch: string): PullRequest[] {
  return state.pulls.filter(pull => pull.state === 'open' && pull.base.ref === branch);
}

/** The two ends of what a pull request changes: the tip of its base (as it was, once closed) and its head. */
export function pullEnds(
  state: RepositoryState,
  pull: PullRequest,
): { base: string; head: string } {
  const tip = pull.state === 'open' ? state.branches[pull.base.ref] : undefined;
  return { base: tip ?? pull.base.sha, head: pull.head.sha };
}

/** The commits of a pull request, oldest first. */
export async function pullCommits(
  git: Repository,
  state: RepositoryState,
  pull: PullRequest,
): Promise<string[]> {
  if (pull.commits) {
    return pull.commits;
  }
  const { base, head } = pullEnds(state, pull);
  return git.between(base, head);
}

/** Takes the open pull request as closed without a merge. */
export async function closePull(change: Change, pull: PullRequest, act: Act): Promise<void> {
  const { base } = pullEnds(change.state, pull);
  pull.commits = await pullCommits(change.git, change.state, pull);
  pull.base.sha = base;
  pull.state = 'closed';
  pull.closedAt = act.at.toISOString();
  pull.updatedAt = pull.closedAt;
  change.tellPull('closed', pull, act.actor);
}

/** Takes the pull request as merged by `sha`; `base` is where the base branch was before. */
export async function markMerged(
  change: Change,
  pull: PullRequest,
  merge: Act & { sha: string; base: string | undefined },
): Promise<void> {
  const at = merge.at.toISOString();
  pull.base.sha = merge.base ?? pull.base.sha;
  pull.state = 'closed';
  pull.commits = await pullCommits(change.git, change.state, pull);
  delete pull.merging;
  pull.merge = { by: merge.actor, at, sha: merge.sha };
  pull.closedAt = at;
  pull.updatedAt = at;
  change.tellPull('closed', pull, merge.actor);
}

/** The pull requests that brought a commit in, or mean to: merged ones first. */
export async function pullsOfCommit(
  git: Repository,
  state: RepositoryState,
  sha: string,
): Promise<PullRequest[]> {
  const known = state.pulls.filter(
    pull => pull.merge && (pull.merge.sha === sha || pull.commits?.includes(sha)),
  );
  const open = state.pulls.filter(pull => pull.state === 'open');
  for (const pull of known.length > 0 ? [] : open) {
    if ((await pullCommits(git, state, pull)).includes(sha)) {
      known.push(pull);
    }
  }
  return known;
}
