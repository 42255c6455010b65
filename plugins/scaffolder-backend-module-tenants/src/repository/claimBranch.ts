import { ConflictError } from '@backstage/errors';
import type { GitCommit, GitopsForge, PullRequest } from './GitopsForge';
import { onboardingBranch } from '@internal/gitops';
import { onboardingTitle, taskMarker, taskOf } from './taskMarker';

/** A branch without a pull request is another task's for this long; then that task has died. Milliseconds. */
const claimLifetime = 15 * 60_000;

/** How long a task waits for the pull request of the task that was first, to name it in its refusal. Milliseconds. */
const patience = 10_000;

/** Where time comes from. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
};

/**
 * Makes the onboarding branch of a tenant the task's own: of several tasks at once, one gets it. Called again by the same
 * task it does nothing. A branch whose pull request was closed, or whose task died, is taken over.
 *
 * @throws ConflictError that names the pull request of the task that was first
 */
export async function claimBranch(
  forge: GitopsForge,
  options: { tenant: string; taskId: string; baseBranch: string; clock?: Clock },
): Promise<void> {
  const { tenant, taskId, baseBranch, clock = systemClock } = options;
  const branch = onboardingBranch(tenant);
  const base = await forge.headOf(baseBranch);
  if (!base) throw new Error(`The repository has no branch ${baseBranch}`);
  const claim = (parent: string) =>
    forge.createCommit({
      message: `${onboardingTitle(tenant)}\n\n${taskMarker(taskId)}`,
      tree: base.tree,
      parent,
    });

  let head = await forge.headOf(branch);
  if (!head) {
    if (await forge.createBranch(branch, await claim(base.sha))) return;
    head = await forge.headOf(branch);
  }
  if (!head) throw new ConflictError(`name: the branch ${branch} came and went; try again`);
  if (taskOf(head.message) === taskId) return;
  const pullRequests = await forge.pullRequestsFrom(branch);
  const open = pullRequests.find(pullRequest => pullRequest.open);
  if (open && taskOf(open.body) === taskId) return;
  if (!open && taskOf(head.message) === undefined) {
    throw new ConflictError(
      `name: the branch ${branch} is there already and was not made by this form; delete it or choose another name`,
    );
  }
  if (!open && isAbandoned(head, pullRequests, clock.now())) {
    // A descendant of the head that was seen: whoever comes second cannot move the branch on from there.
    if (await forge.advanceBranch(branch, await claim(head.sha))) return;
  }
  throw await refusal(forge, tenant, open, clock);
}

/** Deletes the task's branch if no pull request came of it. Does nothing to the branch of another task. */
export async function releaseBranch(
  forge: GitopsForge,
  options: { tenant: string; taskId: string },
): Promise<'released' | 'kept' | 'none'> {
  const branch = onboardingBranch(options.tenant);
  const head = await forge.headOf(branch);
  if (!head || taskOf(head.message) !== options.taskId) return 'none';
  if ((await forge.pullRequestsFrom(branch)).some(pullRequest => pullRequest.open)) return 'kept';
  await forge.deleteBranch(branch);
  return 'released';
}

function isAbandoned(head: GitCommit, pullRequests: PullRequest[], now: number): boolean {
  const closed = pullRequests.some(
    pullRequest => taskOf(pullRequest.body) === taskOf(head.message),
  );
  return closed || now - head.committedAt > claimLifetime;
}

async function refusal(
  forge: GitopsForge,
  tenant: string,
  known: PullRequest | undefined,
  clock: Clock,
): Promise<ConflictError> {
  const end = clock.now() + patience;
  let open = known;
  while (!open && clock.now() < end) {
    await clock.sleep(500);
    const pullRequests = await forge.pullRequestsFrom(onboardingBranch(tenant));
    open = pullRequests.find(pullRequest => pullRequest.open);
  }
  return new ConflictError(
    open
      ? `name: "${tenant}" has an open onboarding pull request: ${open.url}`
      : `name: "${tenant}" is being onboarded by another task; try again when that has ended`,
  );
}
