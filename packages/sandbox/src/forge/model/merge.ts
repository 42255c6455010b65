import { personByLogin, type Person } from '../people';
import { moveBranch, type Act } from './branches';
import { checksProblem } from './checks';
import { ForgeError } from './errors';
import { owner, type Change, type HostedRepository } from './hosted';
import { findPull } from './pulls';
import { markMerged } from './pullState';
import type { PullRequest } from './types';

/** How a pull request is brought in; a rebase is not offered. */
export type MergeMethod = 'merge' | 'squash';

/** What a merge may be told. */
export interface MergeInput {
  method: MergeMethod;
  /** Subject of the commit; GitHub's own when absent. */
  title?: string;
  message?: string;
  /** The head that the caller has looked at. */
  expectedHead?: string;
}

/** Whether and why not a pull request can be merged, in GitHub's terms. */
export interface Mergeability {
  mergeable: boolean;
  state: 'clean' | 'dirty' | 'blocked' | 'draft' | 'unknown';
  /** The words of the refusal. */
  problem?: string;
}

/** Judges a pull request as it stands. */
export async function mergeability(
  repository: HostedRepository,
  pull: PullRequest,
): Promise<Mergeability> {
  const base = repository.state.branches[pull.base.ref];
  if (pull.state !== 'open' || !base) {
    return { mergeable: false, state: 'unknown', problem: 'Pull Request is not mergeable' };
  }
  if ((await repository.git.mergeTree(base, pull.head.sha)) === undefined) {
    return { mergeable: false, state: 'dirty', problem: 'Pull Request is not mergeable' };
  }
  if (pull.draft) {
    return { mergeable: true, state: 'draft', problem: 'Pull Request is still a draft' };
  }
  const { state, name } = repository;
  const problem = checksProblem(state, name, pull.base.ref, pull.head.sha);
  return problem
    ? { mergeable: true, state: 'blocked', problem }
    : { mergeable: true, state: 'clean' };
}

/** Name and address of an account, as they stand on its commits. */
export function identity(login: string): Pick<Person, 'name' | 'email'> {
  const person = personByLogin(login);
  return { name: person?.name ?? login, email: person?.email ?? `${login}@acme.example` };
}

function commitMessage(pull: PullRequest, input: MergeInput): string {
  const subject =
    input.title ??
    (input.method === 'squash'
      ? `${pull.title} (#${pull.number})`
      : `Merge pull request #${pull.number} from ${owner}/${pull.head.ref}`);
  const body = input.message ?? (input.method === 'squash' ? pull.body : pull.title);
  return body ? `${subject}\n\n${body}` : subject;
}

/**
 * Merges a pull request and returns the SHA-1 of the commit on the base branch.
 *
 * @param ignoreChecks - for history that is made up
 * @throws ForgeError 405 when it cannot be merged, 409 when the head or the base has moved.
 */
export async function mergePull(
  change: Change,
  number: number,
  input: MergeInput,
  act: Act,
  ignoreChecks = false,
): Promise<string> {
  const { repository, git, state } = change;
  const pull = findPull(state, number);
  if (pull.state === 'open' && input.expectedHead && input.expectedHead !== pull.head.sha) {
    throw new ForgeError(409, 'Head branch was modified. Review and try the merge again.');
  }
  const verdict = await mergeability(repository, pull);
  if (verdict.problem && !(ignoreChecks && verdict.state === 'blocked')) {
    throw new ForgeError(405, verdict.problem);
  }
  const base = await git.branch(pull.base.ref);
  const tree = base && (await git.mergeTree(base, pull.head.sha));
  if (!base || !tree) {
    throw new ForgeError(405, 'Pull Request is not mergeable');
  }
  const squash = input.method === 'squash';
  const sha = await git.writeCommit({
    tree,
    parents: squash ? [base] : [base, pull.head.sha],
    message: commitMessage(pull, input),
    author: { ...identity(squash ? pull.author : act.actor), date: act.at },
    committer: { name: 'GitHub', email: 'noreply@github.com', date: act.at },
  });
  pull.merging = { by: act.actor, at: act.at.toISOString(), sha };
  await change.save();
  try {
    await moveBranch(change, pull.base.ref, base, sha, act);
  } catch (error) {
    delete pull.merging;
    throw error instanceof ForgeError
      ? new ForgeError(409, 'Base branch was modified. Review and try the merge again.')
      : error;
  }
  if (pull.state === 'open') {
    await markMerged(change, pull, { ...act, sha, base });
  }
  return sha;
}

/** After a start: takes merges that were under way as done or as not begun, whichever Git says. */
export async function settleMerges(repository: HostedRepository): Promise<void> {
  await repository.change(async change => {
    for (const pull of change.state.pulls.filter(one => one.merging && !one.merge)) {
      const { by, at, sha } = pull.merging ?? { by: '', at: '', sha: '' };
      const tip = await change.git.branch(pull.base.ref);
      if (tip && (await change.git.isAncestor(sha, tip))) {
        const base = (await change.git.commit(sha))?.parents[0];
        await markMerged(change, pull, { actor: by, at: new Date(at), sha, base });
      } else {
        delete pull.merging;
      }
    }
  });
}
