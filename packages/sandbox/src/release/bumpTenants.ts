import {
  isOfPlan,
  mirrorTree,
  planOf,
  proposeBump,
  readTenants,
  type BumpSkip,
  type Proposal,
  type ProposalTarget,
} from '@internal/gitops';
import { CommandError } from '../commands/commandError';
import { aboutVersion, BumpSubject } from './bumpSubject';

/** Which tenants a bump is for; all of them without any. */
export interface BumpChoice {
  tenant?: string;
  ring?: number;
}

/** What a bump came to. */
export interface BumpResult {
  /** Absent when every tenant has the version already, or is left alone. */
  proposal?: Proposal;
  skipped: BumpSkip[];
}

const service = 'demo-api';

/**
 * Opens one pull request on acme/platform that changes the line image.tag of every chosen tenant, and nothing else. Who is
 * held or frozen is left alone; a bad version is refused. A pull request that is open for it already is found again.
 *
 * @param at - the moment that freezes are judged for
 * @throws CommandError when the version is on the list of bad versions
 */
export async function bumpTenants(
  platform: ProposalTarget,
  subject: BumpSubject,
  choice: BumpChoice,
  at: Date,
): Promise<BumpResult> {
  const { version } = subject;
  const { plan } = await planOf(await treeOf(platform), {
    service,
    version,
    ...(choice.tenant === undefined ? {} : { tenants: [choice.tenant] }),
    ...(choice.ring === undefined ? {} : { rings: [choice.ring] }),
    at,
  });
  if (plan.refused.length > 0) throw new CommandError(`${plan.refused.join('. ')}.`);
  const { changes, skipped } = plan;
  const branch = bumpBranch(version, choice);
  const draft = { service, version, changes, skipped, branch, about: aboutVersion(subject) };
  const proposal = await proposeBump(platform, draft);
  return { ...(proposal ? { proposal } : {}), skipped };
}

/** The branch of a bump: each choice has its own, so that rings can be bumped one after another. */
export function bumpBranch(version: string, { tenant, ring }: BumpChoice): string {
  const parts = [version, tenant, ring === undefined ? undefined : `ring-${ring}`];
  return `bump/${service}/${parts.filter(part => part !== undefined).join('-')}`;
}

/** Names of all tenants. */
export async function tenantNames(platform: ProposalTarget): Promise<string[]> {
  const { tenants } = await readTenants(await treeOf(platform));
  return tenants.map(({ name }) => name);
}

function treeOf({ mirror, head }: ProposalTarget) {
  return mirrorTree(mirror, head, path => isOfPlan(path));
}
