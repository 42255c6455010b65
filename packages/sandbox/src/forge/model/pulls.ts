import { isRefName } from '../git/names';
import type { Act } from './branches';
import { invalidField, ForgeError } from './errors';
import { owner, type Change } from './hosted';
import { closePull } from './pullState';
import type { PullRequest, RepositoryState } from './types';

/** What a new pull request is made of. */
export interface NewPull {
  title: string;
  body: string;
  /** Branch, also as `owner:branch`. */
  head: string;
  base: string;
  draft?: boolean;
}

/** Takes the branch out of `branch` or `acme:branch`; undefined for somebody else's fork. */
export function headBranch(head: string): string | undefined {
  const [name, ...rest] = head.split(':');
  if (rest.length === 0) {
    return name;
  }
  return rest.length === 1 && name === owner ? rest[0] : undefined;
}

async function tip(change: Change, field: 'head' | 'base', branch: string | undefined) {
  const sha = branch && isRefName(branch) ? await change.git.branch(branch) : undefined;
  if (!branch || !sha) {
    throw invalidField('PullRequest', field, 'invalid');
  }
  return { ref: branch, sha };
}

/**
 * Opens a pull request.
 *
 * @throws ForgeError 422 for a branch that is not there, one without changes, or one that has a request already.
 */
export async function openPull(change: Change, input: NewPull, act: Act): Promise<PullRequest> {
  const head = await tip(change, 'head', headBranch(input.head));
  const base = await tip(change, 'base', headBranch(input.base));
  const { state, git } = change;
  const same = state.pulls.find(
    pull => pull.state === 'open' && pull.head.ref === head.ref && pull.base.ref === base.ref,
  );
  if (same) {
    const message = `A pull request already exists for ${owner}:${head.ref}.`;
    throw invalidField('PullRequest', 'head', 'custom', message);
  }
  if (await git.isAncestor(head.sha, base.sha)) {
    const message = `No commits between ${base.ref} and ${head.ref}`;
    throw invalidField('PullRequest', 'head', 'custom', message);
  }
  const now = act.at.toISOString();
  const pull: PullRequest = {
    id: change.nextId(),
    number: state.nextNumber,
    title: input.title,
    body: input.body,
    state: 'open',
    draft: input.draft ?? false,
    author: act.actor,
    head,
    base,
    createdAt: now,
    updatedAt: now,
    labels: [],
    assignees: [],
    reviewers: [],
    comments: [],
    reviews: [],
  };
  state.nextNumber += 1;
  state.pulls.push(pull);
  await git.keepPullHead(pull.number, head.sha);
  change.tellPull('opened', pull, act.actor);
  return pull;
}

/** Finds a pull request. @throws ForgeError 404. */
export function findPull(state: RepositoryState, number: number): PullRequest {
  const pull = state.pulls.find(one => one.number === number);
  if (!pull) {
    throw new ForgeError(404, 'Not Found');
  }
  return pull;
}

/** Changes title, body, base or state of a pull request. */
export async function updatePull(
  change: Change,
  number: number,
  input: { title?: string; body?: string; base?: string; state?: 'open' | 'closed' },
  act: Act,
): Promise<PullRequest> {
  const pull = findPull(change.state, number);
  const base =
    input.base === undefined || input.base === pull.base.ref
      ? undefined
      : await tip(change, 'base', input.base);
  if (input.state === 'open' && pull.state === 'closed') {
    await reopen(change, pull, act);
  }
  const edited =
    base !== undefined ||
    (input.title !== undefined && input.title !== pull.title) ||
    (input.body !== undefined && input.body !== pull.body);
  if (edited) {
    pull.title = input.title ?? pull.title;
    pull.body = input.body ?? pull.body;
    pull.base = base ?? pull.base;
    pull.updatedAt = act.at.toISOString();
    change.tellPull('edited', pull, act.actor);
  }
  if (input.state === 'closed' && pull.state === 'open') {
    await closePull(change, pull, act);
  }
  return pull;
}

async function reopen(change: Change, pull: PullRequest, act: Act): Promise<void> {
  const sha = await change.git.branch(pull.head.ref);
  if (pull.merge || !sha) {
    const message = pull.merge
      ? 'state cannot be changed. The pull request has been merged.'
      : `state cannot be changed. The ${pull.head.ref} branch has been deleted.`;
    throw invalidField('PullRequest', 'state', 'invalid', message);
  }
  const open = change.state.pulls.some(
    other =>
      other.state === 'open' &&
      other.head.ref === pull.head.ref &&
      other.base.ref === pull.base.ref,
  );
  if (open) {
    const message = `state cannot be changed. There is already an open pull request from ${owner}:${pull.head.ref} to ${owner}:${pull.base.ref}.`;
    throw invalidField('PullRequest', 'state', 'invalid', message);
  }
  pull.state = 'open';
  pull.head.sha = sha;
  delete pull.closedAt;
  delete pull.commits;
  pull.updatedAt = act.at.toISOString();
  change.tellPull('reopened', pull, act.actor);
}
