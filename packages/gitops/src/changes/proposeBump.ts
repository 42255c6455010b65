import { createHash } from 'node:crypto';
import { ringTitle } from '../policy/releasePolicyRules';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { blobId } from '../git/blobId';
import type { Commit, CommitTree, GithubRepository, Pull } from '../host/github/GithubRepository';
import { fileAt } from '../host/github/treeChanges';
import { bringsJust, contentOf, isOurs } from './branchContent';
import type { BumpChange, BumpPlan, BumpRequest } from './planBump';
import type { Proposal } from './proposal';
import {
  bodyMark,
  commitMessage,
  fingerprint,
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
 * Run again it changes nothing, so that reviews and checks stay. A branch that holds somebody else's work is left alone.
 */
export async function proposeBump(
  target: ProposalTarget,
  draft: ProposalDraft,
): Promise<Proposal | undefined> {
  const { repository, base, head } = target;
  const { branch, changes } = draft;
  const pull = await repository.openPull(branch, base);
  if (changes.length === 0 && !pull) return undefined;
  const title = proposalTitle(draft);
  const proposal = { branch, title, tenants: changes.map(({ tenant }) => tenant) };
  const leftAlone = (reason: string): Proposal => ({
    ...proposal,
    ...(pull ? refOf(pull) : {}),
    outcome: 'left-alone',
    reason: `its branch ${branch} ${reason}`,
  });
  const tip = await repository.head(branch);
  const content = tip && (await contentOf(repository, head, tip));
  const body = proposalBody(draft);
  const texts = { title, body };
  const isCurrent =
    changes.length > 0 &&
    content !== undefined &&
    (await bringsJust(repository, head, content, changes));
  if (!isCurrent) {
    if (tip && !(await isOurs(repository, tip, content))) {
      return leftAlone('holds commits of somebody else: merge or delete it first');
    }
    if (changes.length === 0) return pull && close(repository, pull, draft, proposal);
    const commit = await commitOf(target, draft);
    // What took a while to make must not go over what somebody pushed meanwhile.
    if ((await repository.tip(branch)) !== tip?.sha) {
      return leftAlone('was changed by somebody else meanwhile: run the command again');
    }
    if (tip) await repository.forceBranch(branch, commit.sha);
    else await repository.createBranch(branch, commit.sha);
  }
  if (!pull) {
    const opened = await repository.createPull({ head: branch, base, ...texts });
    return { ...proposal, ...refOf(opened), outcome: 'opened' };
  }
  if (bodyMark(pull.body ?? '') !== bodyMark(body)) await repository.updatePull(pull.number, texts);
  return { ...proposal, ...refOf(pull), outcome: isCurrent ? 'unchanged' : 'updated' };
}

/** Commits the changes of a draft on top of the base, on no branch yet. */
async function commitOf(
  { repository, head, author }: ProposalTarget,
  draft: ProposalDraft,
): Promise<CommitTree> {
  const files = await Promise.all(
    draft.changes.map(async ({ path, text }) => {
      const entry = await fileAt(repository, head.tree.sha, path);
      const blob = blobId(Buffer.from(text), entry?.sha.length);
      return { path, text, mode: entry?.mode ?? '100644', blob };
    }),
  );
  const message = commitMessage(draft, fingerprint(files.map(({ path, blob }) => [path, blob])));
  return repository.createCommit({ message, parent: head, files, author });
}

function refOf({ number, html_url: url }: Pull) {
  return { number, url };
}

async function close(
  repository: GithubRepository,
  pull: Pull,
  { service, version, skipped }: ProposalDraft,
  proposal: Omit<Proposal, 'outcome'>,
): Promise<Proposal> {
  const kinds = [...new Set(skipped.map(({ kind }) => kind))].join(', ');
  const reason = `nothing is left to change for ${service} ${version} (${kinds || 'no tenant'})`;
  await repository.comment(pull.number, `Closed by \`gitops bump\`: ${reason}.`);
  await repository.updatePull(pull.number, { state: 'closed' });
  return { ...proposal, ...refOf(pull), outcome: 'closed', reason };
}
