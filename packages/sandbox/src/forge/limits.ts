/**
 * How much the API answers and takes, as GitHub's does.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @see https://docs.github.com/rest/commits/commits#compare-two-commits
 * @see https://docs.github.com/rest/pulls/pulls#list-pull-requests-files
 * @see https://docs.github.com/rest/git/trees#get-a-tree
 */
export interface ForgeLimits {
  /** Changes that one account may make in a minute, and in an hour. */
  writesPerMinute: number;
  writesPerHour: number;
  /** Files of a comparison, and of a change as text. */
  diffFiles: number;
  /** Files of a pull request or a commit that can be listed. */
  listedFiles: number;
  /** Entries and bytes of a tree with its folders. */
  treeEntries: number;
  treeBytes: number;
}

/** Those of github.com. */
export const githubLimits: ForgeLimits = {
  writesPerMinute: 80,
  writesPerHour: 500,
  diffFiles: 300,
  listedFiles: 3_000,
  treeEntries: 100_000,
  treeBytes: 7 * 1024 * 1024,
};
