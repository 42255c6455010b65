import type { PullRequestRef } from '@internal/plugin-tenant-releases-common';
import type { GitText } from '../text/gitText';
import type { MergedPulls } from './PullRequestHost';

/** A commit, as the history needs it. */
export interface GitCommit {
  sha: string;
  author: string;
  /** The author is a program: a person stands behind its pull request. */
  isBot?: true;
  message: string;
  /** Name of the committer: of what the host has merged, the host's. */
  committer?: string;
  /** RFC 3339. */
  committedAt: string;
}

/** The name that a repository was given; not known when GitHub does not say it. */
export interface RepositoryMove {
  /** `owner/name` */
  to?: string;
}

/** What a commit did to the names of files. */
export interface GitRenames {
  /** The commit before it; absent for the first of all. */
  parent?: string;
  /** Former path by path, for the files that were moved. */
  from: ReadonlyMap<string, string>;
}

/** A file of a tree. */
export interface GitFile {
  path: string;
  /** SHA of the content. */
  sha: string;
  /** What stands there instead of a plain file. */
  kind?: 'symlink' | 'submodule';
}

/** The part of GitHub's API that the desired index reads: https://docs.github.com/en/rest */
export interface GithubApi extends MergedPulls {
  /** The branch's newest commit; `undefined` when it still has this ETag. */
  head(branch: string, etag?: string): Promise<{ commit: GitCommit; etag?: string } | undefined>;
  /** The files of a commit, links and submodules too: all, or where those are too many for one answer, the ones in folders that matter. */
  files(sha: string): Promise<GitFile[]>;
  /** The content of a file by its SHA. */
  blob(sha: string): Promise<GitText>;
  /**
   * The contents of many files by their SHA, at once. What is left out is to be asked for by {@link GithubApi.blob}: it
   * is not there, no text for certain, or large.
   */
  blobs(shas: readonly string[], signal: AbortSignal): Promise<Map<string, GitText>>;
  /** The content of a file at a commit; `undefined` when it is not there. */
  fileAt(path: string, ref: string): Promise<(GitText & { sha: string }) | undefined>;
  /**
   * The contents that a file had at many commits, by commit, at once. What is left out is to be asked for by
   * {@link GithubApi.fileAt}.
   */
  filesAt(
    path: string,
    commits: readonly string[],
  ): Promise<Map<string, GitText & { sha: string }>>;
  /** Commits that touched a file, newest first. */
  commitsOf(path: string, ref: string, page: number, perPage: number): Promise<GitCommit[]>;
  /** Which files a commit moved, as far as GitHub says it. */
  renamesOf(sha: string): Promise<GitRenames>;
  /**
   * Like {@link MergedPulls.pullRequestOf}, as far as the repository itself tells, without asking its host; absent where the
   * host is asked for everything.
   */
  toldPullRequestOf?(sha: string): Promise<PullRequestRef | undefined>;
  /** Where people see a pull request. */
  pullRequestUrl(number: number): string;
  /** Where people see a commit. */
  commitUrl(sha: string): string;
  /** A sign of life that costs nothing of the limit. */
  probe(): Promise<void>;
  /** Set when the repository was renamed or transferred: where to. */
  moved(): RepositoryMove | undefined;
  /** Requests that are left until the limit is reset; infinite where there is no limit. */
  quota(): number;
}
