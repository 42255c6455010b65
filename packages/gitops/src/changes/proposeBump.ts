import { createHash } from 'node:crypto';
import { ringTitle } from '../policy/releasePolicyRules';
import { type ReleasePolicy } from '../policy/releasePolicy';
import type { BumpChange, BumpPlan, BumpRequest } from './planBump';
import { isHeldBefore } from './moveTenant';
import type { Proposal } from './proposal';
import { commitMessage, proposalBody, proposalTitle, type ProposalSubject } from './proposalText';
import { proposeChange, type ProposalTarget } from './proposeChange';

/** A pull request that a bump wants. */
export interface ProposalDraft extends ProposalSubject {
  branch: string;
  changes: readonly BumpChange[];
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

/** Proposes a bump, as {@link proposeChange} does. */
export async function proposeBump(
  target: ProposalTarget,
  draft: ProposalDraft,
): Promise<Proposal | undefined> {
  const { branch, changes, service, version, skipped } = draft;
  const kinds = [...new Set(skipped.map(({ kind }) => kind))].join(', ') || 'no tenant';
  const proposed = await proposeChange(target, {
    branch,
    files: changes.map(({ path, text, hold }) => ({
      path,
      text,
      ...(hold ? { accepts: there => isHeldBefore(there, text, hold) } : {}),
    })),
    title: proposalTitle(draft),
    body: proposalBody(draft),
    message: files => commitMessage(draft, files),
    nothingLeft: `nothing is left to change for ${service} ${version} (${kinds})`,
  });
  return proposed && { ...proposed, tenants: changes.map(({ tenant }) => tenant) };
}
