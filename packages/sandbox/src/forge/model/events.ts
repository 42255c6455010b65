import type { PullRequest } from './types';

/** A branch was made, moved or removed. */
export interface BranchUpdate {
  type: 'push';
  /** Name of the repository, without its owner. */
  repository: string;
  branch: string;
  /** undefined: the branch is new. */
  before: string | undefined;
  /** undefined: the branch is gone. */
  after: string | undefined;
  /** Login of who did it. */
  actor: string;
}

/** Something happened to a pull request. */
export interface PullUpdate {
  type: 'pull_request';
  repository: string;
  action: 'opened' | 'edited' | 'closed' | 'reopened' | 'synchronize';
  /** As it was at that moment. */
  pull: PullRequest;
  actor: string;
}

/** What the forge tells those who listen. */
export type ForgeEvent = BranchUpdate | PullUpdate;
