/** A comment on a pull request. */
export interface Comment {
  id: number;
  author: string;
  body: string;
  createdAt: string;
}

/** A review of a pull request. */
export interface Review {
  id: number;
  author: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  body: string;
  /** The head that was looked at. */
  commit: string;
  submittedAt: string;
}

/** A pull request as it is kept. People are logins, times RFC 3339 UTC. */
export interface PullRequest {
  id: number;
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  draft: boolean;
  author: string;
  head: { ref: string; sha: string };
  /** `sha` is where the base branch was when the request was opened or last updated; after the merge, just before it. */
  base: { ref: string; sha: string };
  createdAt: string;
  updatedAt: string;
  closedAt?: string;
  merge?: {
    by: string;
    at: string;
    /** The commit on the base branch that brought the change in. */
    sha: string;
  };
  /** Set while the base branch is being moved, so that a start after a crash finds out which way it went. */
  merging?: { by: string; at: string; sha: string };
  /** What the request brought in; set when it is closed, because it never changes after that. */
  commits?: string[];
  labels: string[];
  assignees: string[];
  reviewers: string[];
  comments: Comment[];
  reviews: Review[];
}

/** How a finished check ended. */
export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required';

/** One run of a check on a commit. */
export interface CheckRun {
  id: number;
  name: string;
  headSha: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion?: Conclusion;
  output: { title?: string; summary?: string; text?: string };
  detailsUrl?: string;
  startedAt: string;
  completedAt?: string;
  /** Login of who runs it. */
  author: string;
}

/** A commit status, the older sibling of the check run. */
export interface CommitStatus {
  id: number;
  sha: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  context: string;
  description?: string;
  targetUrl?: string;
  createdAt: string;
  author: string;
}

/** What the forge knows about a repository beside its Git objects. */
export interface RepositoryState {
  createdAt: string;
  nextId: number;
  nextNumber: number;
  /** Branches as they were when the last event about them was made. */
  branches: Record<string, string>;
  pulls: PullRequest[];
  checkRuns: CheckRun[];
  statuses: CommitStatus[];
}
