import { createHash } from 'node:crypto';
import { ringTitle, type ReleasePolicy } from '@internal/plugin-tenant-releases-common';
import { blobId } from '../git/blobId';
import type { Commit, GithubRepository } from '../github/GithubRepository';
import type { BumpChange, BumpPlan, BumpRequest } from './planBump';
import type { Proposal } from './proposal';
import {
  commitMessage,
  isBumpCommit,
  proposalBody,
  proposalTitle,
  type ProposalSubject,
} from './proposalText';

/** A pull request that a bump wants. */
export interface ProposalDraft extends ProposalSubject {
  branch: string;
  changes: readonly BumpChange[];
}

/** Where and as whom pull requests are opened. */
export interface ProposalTarget {
  repository: GithubRepository;
  /** The branch that they go to, and its head that the plan was made from. */
  base: string;
  head: Commit;
  author?: { name: string; email: string };
}

/** One pull request for each ring of a plan. Rings in which nothing changes are there too: theirs may have to be closed. */
export function draftsByRing(
  plan: BumpPlan,
  policy: ReleasePolicy,
  { rings, tenants, hold }: Pick<BumpRequest, 'rings' | 'tenants' | 'hold'>,
): ProposalDraft[] {
  const ringOf = new Map(
    [...plan.changes, ...plan.skipped].map(({ tenant, ring }) => [tenant, ring]),
  );
  // A ring that all tenants have left may have a pull request, too.
  const known = rings?.length ? rings : policy.rings.map(({ ring }) => ring);
  const all = new Set([...known, ...ringOf.values()].filter(ring => ring !== undefined));
  return [...all]
    .sort((one, other) => one - other)
    .map(ring => ({
      service: plan.service,
      version: plan.version,
      ringTitle: ringTitle(policy, ring),
      earlier: plan.waiting.filter(other => other.ring < ring),
      branch: bumpBranch(plan.service, ring, tenants, hold ? 'hold' : 'bump'),
      ...(hold ? { held: true } : {}),
      changes: plan.changes.filter(change => change.ring === ring),
      skipped: plan.skipped.filter(skip => skip.ring === ring),
    }));
}

/**
 * The branch of a ring. A bump of some tenants only has another one, so that it does not narrow the ring's; so has a hold, so
 * that no bump takes it back before it is merged.
 */
export function bumpBranch(
  service: string,
  ring: number,
  tenants: readonly string[] = [],
  kind = 'bump',
): string {
  const names = [...tenants].sort();
  const only =
    names.length === 1
      ? names[0]
      : createHash('sha256').update(names.join()).digest('hex').slice(0, 8);
  return `${kind}/${service}/ring-${ring}${names.length === 0 ? '' : `-${only}`}`;
}

/**
 * Opens a pull request, brings the open one of its branch up to date, or closes it when there is nothing left to change.
 * Run again it changes nothing. A branch that holds somebody else's commits is left alone.
 */
export async function proposeBump(
  target: ProposalTarget,
  draft: ProposalDraft,
): Promise<Proposal | undefined> {
  const { repository, base } = target;
  const { branch, changes } = draft;
  const pull = await repository.openPull(branch, base);
  const title = proposalTitle(draft);
  const proposal = { branch, title, tenants: changes.map(({ tenant }) => tenant) };
  const tip = await repository.head(branch);
  if (tip && (changes.length > 0 || pull) && !(await isOurs(target, tip))) {
    const reason = `its branch ${branch} holds commits of somebody else: merge or delete it first`;
    return { ...proposal, ...(pull ? refOf(pull) : {}), outcome: 'left-alone', reason };
  }
  if (changes.length === 0) return pull ? close(repository, pull, draft, proposal) : undefined;
  const body = proposalBody(draft);
  const isCurrent = tip !== undefined && (await saysTheSame(target, draft, tip));
  if (pull && isCurrent) {
    if (pull.title !== title || pull.body !== body)
      await repository.updatePull(pull.number, { title, body });
    return { ...proposal, ...refOf(pull), outcome: 'unchanged' };
  }
  const commit = await repository.createCommit({
    message: commitMessage(draft),
    parent: target.head,
    files: changes,
    author: target.author,
  });
  await repository.setBranch(branch, commit.sha);
  if (!pull) {
    const opened = await repository.createPull({ head: branch, base, title, body });
    return { ...proposal, ...refOf(opened), outcome: 'opened' };
  }
  await repository.updatePull(pull.number, { title, body });
  return { ...proposal, ...refOf(pull), outcome: 'updated' };
}

function refOf({ number, html_url: url }: { number: number; html_url: string }) {
  return { number, url };
}

async function close(
  repository: GithubRepository,
  pull: { number: number; html_url: string },
  { service, version, skipped }: ProposalDraft,
  proposal: Omit<Proposal, 'outcome'>,
): Promise<Proposal> {
  const kinds = [...new Set(skipped.map(({ kind }) => kind))].join(', ');
  const reason = `nothing is left to change for ${service} ${version} (${kinds || 'no tenant'})`;
  await repository.comment(pull.number, `Closed by \`gitops bump\`: ${reason}.`);
  await repository.updatePull(pull.number, { state: 'closed' });
  return { ...proposal, ...refOf(pull), outcome: 'closed', reason };
}

/** Whether a branch holds nothing but a bump and merges of the base into it, or nothing of its own. */
async function isOurs({ repository, head }: ProposalTarget, tip: Commit): Promise<boolean> {
  let commit = tip;
  for (let merges = 0; commit.parents.length > 1 && merges < 20; merges += 1) {
    commit = await repository.commit(commit.parents[0].sha);
  }
  return (
    isBumpCommit(commit.message) || (await repository.changedFiles(head.sha, tip.sha)).size === 0
  );
}

/** Whether a branch changes the same files to the same texts; then its reviews and checks are kept. */
async function saysTheSame(
  { repository, head }: ProposalTarget,
  { changes }: ProposalDraft,
  tip: Commit,
): Promise<boolean> {
  const there = await repository.changedFiles(head.sha, tip.sha);
  return (
    there.size === changes.length &&
    changes.every(({ path, text }) => {
      const blob = there.get(path) ?? '';
      return blob === blobId(Buffer.from(text, 'utf8'), blob.length);
    })
  );
}
