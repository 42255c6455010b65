import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';

/** A pull request, as far as it matters here. */
export interface Pull {
  number: number;
  /** Its page. */
  url: string;
  title: string;
  body: string;
}

/** A pull request to be opened. */
export interface NewPull {
  /** The branch that holds the change. */
  head: string;
  /** The branch that it goes to. */
  base: string;
  title: string;
  body: string;
}

/** What changes of a pull request. */
export interface PullChange {
  title?: string;
  body?: string;
  state?: 'closed';
}

/** What a Git host does for a change beyond Git itself, of one repository. */
export interface PullRequestHost {
  /** The open pull request from a branch of the repository itself; undefined when there is none. */
  openPull(branch: string, base: string): Promise<Pull | undefined>;
  createPull(pull: NewPull): Promise<Pull>;
  updatePull(number: number, change: PullChange): Promise<void>;
  comment(number: number, body: string): Promise<void>;
}

/** Who merged a pull request. */
export interface Merger {
  name: string;
  isBot?: true;
}

/** What a Git host knows of pull requests that were merged, which Git does not. */
export interface MergedPulls {
  /** The merged pull request that brought a commit; of several, one into the branch goes before others. */
  pullRequestOf(sha: string, branch: string): Promise<PullRequestRef | undefined>;
  /** Who merged a pull request, by the name that people know. */
  mergedBy(number: number): Promise<Merger | undefined>;
}
