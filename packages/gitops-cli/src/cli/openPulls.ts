import {
  type BumpRequest,
  planOf,
  type Proposal,
  proposalTitle,
  draftsByRing,
  proposeBump,
  type ProposalDraft,
  GithubRepository,
  githubTree,
  type TreePlaces,
  directoryTree,
} from '@internal/gitops';
import type { BumpResult } from './bumpReport';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options of `gitops bump --open-pr`. */
export interface OpenPullOptions {
  dryRun?: boolean;
  /** `owner/name`; by default `$GITHUB_REPOSITORY`. */
  repository?: string;
  /** The branch that pull requests go to. */
  base: string;
}

/**
 * `gitops bump --open-pr`: plans on the branch as it is at the host, not as it is checked out, and opens one pull request a
 * ring. The checkout only saves fetching what is the same.
 *
 * @throws UsageError when it is not said where, or as whom
 */
export async function openPulls(
  context: Context,
  root: string,
  request: BumpRequest,
  options: OpenPullOptions,
  places: TreePlaces,
): Promise<BumpResult> {
  const repository = connect(context, options);
  const head = await repository.head(options.base);
  if (!head) throw new UsageError(`--base ${options.base}: the repository has no such branch`);
  const tree = githubTree(repository, head.tree.sha, directoryTree(root));
  const { plan, policy } = await planOf(tree, request, places);
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
        : await proposeBump({ repository, base: options.base, head }, draft);
      if (proposal) proposals.push(proposal);
    } catch (error) {
      // Whatever went wrong, what was opened before is told; the next run finds it again.
      return { ...result, proposals, failed: (error as Error).message };
    }
  }
  return { ...result, proposals };
}

function planned(draft: ProposalDraft): Proposal | undefined {
  if (draft.changes.length === 0) return undefined;
  const tenants = draft.changes.map(({ tenant }) => tenant);
  return { branch: draft.branch, title: proposalTitle(draft), tenants, outcome: 'planned' };
}

function connect({ env }: Context, options: OpenPullOptions): GithubRepository {
  const named = options.repository ?? env.GITHUB_REPOSITORY ?? '';
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(named) ?? [];
  if (!owner || !repo) {
    throw new UsageError('--open-pr: say where with --repository owner/name, or GITHUB_REPOSITORY');
  }
  const token = env.GITHUB_TOKEN;
  if (!token) {
    throw new UsageError(
      '--open-pr: set GITHUB_TOKEN to a token with contents: write and pull-requests: write',
    );
  }
  const apiUrl = env.GITHUB_API_URL || 'https://api.github.com';
  if (!isSafe(apiUrl)) {
    throw new UsageError(
      'GITHUB_API_URL: must begin with https:// (http:// only for localhost) and hold no password',
    );
  }
  // The pauses are GitHub's; a forge on this machine, which is reached without TLS, needs none.
  const throttle = apiUrl.startsWith('https:');
  return new GithubRepository(
    { owner, repo },
    { apiUrl: apiUrl.replace(/\/+$/, ''), token, throttle },
  );
}

/** Whether a token may be sent there: over TLS, or without leaving this machine. */
function isSafe(apiUrl: string): boolean {
  if (!URL.canParse(apiUrl)) return false;
  const { protocol, hostname, username, password } = new URL(apiUrl);
  if (username !== '' || password !== '') return false;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}
