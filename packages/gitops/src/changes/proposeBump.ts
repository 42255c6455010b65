import { createHash } from 'node:crypto';
import { ringTitle } from '../policy/releasePolicyRules';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { blobId } from '../git/blobId';
import type { CommitFile, SigningKey } from '../git/commitBuilder';
import type { GitPerson } from '../git/commitFacts';
import { PushFault } from '../git/explainPush';
import type { Mirror } from '../git/Mirror';
import type { Pull, PullRequestHost } from '../host/PullRequestHost';
import { bringsJust, contentOf, fileAt, isOurs } from './branchContent';
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
  pulls: PullRequestHost;
  /** The repository, in which the changes are committed. */
  mirror: Mirror;
  /** The branch that they go to, and its head that the plan was made from. */
  base: string;
  head: string;
  author: GitPerson;
  committer: GitPerson;
  /** The key that commits are signed with. */
  signing?: SigningKey;
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
  const { pulls, mirror, base, head } = target;
  const { branch, changes } = draft;
  const pull = await pulls.openPull(branch, base);
  if (changes.length === 0 && !pull) return undefined;
  const title = proposalTitle(draft);
  const proposal = { branch, title, tenants: changes.map(({ tenant }) => tenant) };
  const leftAlone = (reason: string): Proposal => ({
    ...proposal,
    ...(pull ? refOf(pull) : {}),
    outcome: 'left-alone',
    reason: `its branch ${branch} ${reason}`,
  });
  const tip = await mirror.branches.tip(branch);
  const content = tip === undefined ? undefined : await contentOf(mirror, head, tip);
  const body = proposalBody(draft);
  const texts = { title, body };
  const isCurrent =
    changes.length > 0 &&
    content !== undefined &&
    (await bringsJust(mirror, head, content, changes));
  if (!isCurrent) {
    if (tip !== undefined && !(await isOurs(mirror, tip, content))) {
      return leftAlone('holds commits of somebody else: merge or delete it first');
    }
    if (changes.length === 0) return pull && close(pulls, pull, draft, proposal);
    const isWritten = await write(target, draft, tip);
    if (!isWritten)
      return leftAlone('was changed by somebody else meanwhile: run the command again');
  }
  if (!pull) {
    const opened = await pulls.createPull({ head: branch, base, ...texts });
    return { ...proposal, ...refOf(opened), outcome: 'opened' };
  }
  if (bodyMark(pull.body) !== bodyMark(body)) await pulls.updatePull(pull.number, texts);
  return { ...proposal, ...refOf(pull), outcome: isCurrent ? 'unchanged' : 'updated' };
}

/**
 * Commits the changes of a draft on top of the base, and points its branch there.
 *
 * @param tip - where the branch is; `undefined` when there is none
 * @returns `false` when it is somewhere else by now
 */
async function write(
  { mirror, head, author, committer, signing }: ProposalTarget,
  draft: ProposalDraft,
  tip: string | undefined,
): Promise<boolean> {
  const files: CommitFile[] = [];
  for (const { path, text } of draft.changes) {
    // One after another: the folder of the first is known for the others.
    const mode = (await fileAt(mirror, head, path))?.mode;
    files.push({ path, text, ...(mode ? { mode } : {}) });
  }
  const marks = draft.changes.map(({ path, text }) => [path, blobId(Buffer.from(text))] as const);
  const commit = {
    base: head,
    files,
    message: commitMessage(draft, fingerprint(marks)),
    author,
    committer,
    ...(signing ? { signing } : {}),
  };
  try {
    await mirror.branches.write(commit, {
      branch: draft.branch,
      ...(tip === undefined ? {} : { expected: tip }),
    });
    return true;
  } catch (error) {
    if (error instanceof PushFault && error.kind === 'moved') return false;
    throw error;
  }
}

function refOf({ number, url }: Pull) {
  return { number, url };
}

async function close(
  pulls: PullRequestHost,
  pull: Pull,
  { service, version, skipped }: ProposalDraft,
  proposal: Omit<Proposal, 'outcome'>,
): Promise<Proposal> {
  const kinds = [...new Set(skipped.map(({ kind }) => kind))].join(', ');
  const reason = `nothing is left to change for ${service} ${version} (${kinds || 'no tenant'})`;
  await pulls.comment(pull.number, `Closed by \`gitops bump\`: ${reason}.`);
  await pulls.updatePull(pull.number, { state: 'closed' });
  return { ...proposal, ...refOf(pull), outcome: 'closed', reason };
}
