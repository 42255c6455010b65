import type { BumpRequest } from '../bump/planBump';
import type { BumpResult } from './bumpReport';
import type { Context } from './context';
import { UsageError } from './usageError';

/** Options of `gitops bump --open-pr`. */
export interface OpenPullOptions {
  dryRun?: boolean;
  /** `owner/name`; by default `$GITHUB_REPOSITORY`. */
  repository?: string;
  /** The branch that pull requests go to. */
  base?: string;
}

/** `gitops bump --open-pr`. */
export async function openPulls(
  _context: Context,
  _root: string,
  _request: BumpRequest,
  _options: OpenPullOptions,
): Promise<BumpResult> {
  throw new UsageError('--open-pr');
}
