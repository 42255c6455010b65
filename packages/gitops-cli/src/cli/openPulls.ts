import {
  draftsByRing,
  GitFault,
  isOfPlan,
  mirrorTree,
  planOf,
  proposalTitle,
  proposeBump,
  withTemporaryMirror,
  type BumpRequest,
  type ImageRegistry,
  type Mirror,
  type Proposal,
  type ProposalDraft,
  type TreePlaces,
} from '@internal/gitops';
import type { BumpResult } from './bumpReport';
import { readCommitPeople, type CommitPeople, type SigningOptions } from './commitPeople';
import type { Context } from './context';
import { describeGitFault } from './gitFaultText';
import { connectHost, type HostConnection, type HostOptions } from './hostConnection';
import { UsageError } from './usageError';

/** Options of `gitops bump --open-pr`. */
export interface OpenPullOptions extends HostOptions, SigningOptions {
  dryRun?: boolean;
}

/** What a bump is planned with, beside the request. */
export interface BumpSurroundings {
  places: TreePlaces;
  /** Asked whether the images exist; without one, nobody is. */
  registry?: ImageRegistry;
}

/** How a change is written at the host. */
export interface HostWriter extends HostConnection, CommitPeople {
  mirror: Mirror;
  /** The commit that the branch is at which pull requests go to. */
  head: string;
}

/**
 * Runs a task with the repository as it is at the host, not as it is checked out.
 *
 * @throws UsageError when it is not said where, or as whom
 */
export async function atHost<T>(
  context: Context,
  root: string,
  options: OpenPullOptions,
  task: (writer: HostWriter) => Promise<T>,
): Promise<T> {
  const host = connectHost(context, options);
  const people = await readCommitPeople(context, root, options);
  return withTemporaryMirror(host.git, async mirror => {
    const head = await mirror.fetch().catch(error => {
      if (!(error instanceof GitFault)) throw error;
      if (error.kind !== 'no-branch') {
        throw new GitFault(error.kind, describeGitFault(error, host.git.repository));
      }
      throw new UsageError(`--base ${options.base}: the repository has no such branch`);
    });
    return task({ ...host, ...people, mirror, head });
  });
}

/** `gitops bump --open-pr`: plans on the branch as it is at the host, and opens one pull request a ring. */
export async function openPulls(
  context: Context,
  root: string,
  request: BumpRequest,
  options: OpenPullOptions,
  { places, registry }: BumpSurroundings,
): Promise<BumpResult> {
  return atHost(context, root, options, async writer => {
    const tree = await mirrorTree(writer.mirror, writer.head, path => isOfPlan(path, places));
    const { plan, policy } = await planOf(tree, request, places, registry);
    const result: BumpResult = {
      plan,
      mode: options.dryRun ? 'dry-run' : 'pull-requests',
      proposals: [],
    };
    if (plan.refused.length > 0) return result;
    const proposals: Proposal[] = [];
    for (const draft of draftsByRing(plan, policy, request)) {
      try {
        const proposal = options.dryRun
          ? planned(draft)
          : await proposeBump({ ...writer, base: options.base }, draft);
        if (proposal) proposals.push(proposal);
      } catch (error) {
        // Whatever went wrong, what was opened before is told; the next run finds it again.
        return { ...result, proposals, failed: failureOf(error, writer) };
      }
    }
    return { ...result, proposals };
  });
}

function failureOf(error: unknown, { git }: HostWriter): string {
  return error instanceof GitFault
    ? describeGitFault(error, git.repository)
    : (error as Error).message;
}

function planned(draft: ProposalDraft): Proposal | undefined {
  if (draft.changes.length === 0) return undefined;
  const tenants = draft.changes.map(({ tenant }) => tenant);
  return { branch: draft.branch, title: proposalTitle(draft), tenants, outcome: 'planned' };
}
