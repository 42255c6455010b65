import { z } from 'zod';
import { encodedPath } from '../../http/encodedPath';
import { itemsOf } from '../../http/itemsOf';
import type { GitCommit } from '../GithubApi';
import type { GithubClient } from './GithubClient';
import { pathOf, type RepositoryName } from './githubPaths';
import { commitSchema, toCommit } from './githubSchemas';

/** The answer holds up to 300 files with what changed in them, which nobody asked for. */
const maxBytes = 16 * 1024 * 1024;
/** GitHub makes the difference first; who asks does not wait for all of it, and the next one finds it. Milliseconds. */
const timeoutMs = 10_000;

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const comparisonSchema = z.object({
  html_url: z.string().optional().catch(undefined),
  total_commits: z.number().int(),
  behind_by: z.number().int().catch(0),
  commits: itemsOf(z.intersection(commitSchema, z.object({ html_url: z.string().optional() }))),
});

/** What lies between two commits. */
export interface CommitComparison {
  /** The newest first, each with its page; not all where there are many. */
  commits: Array<GitCommit & { url?: string }>;
  total: number;
  /** How many commits the first has that the second has not. */
  missing: number;
  /** Page of the comparison. */
  url?: string;
}

/**
 * Compares two commits, or what Git takes for one.
 *
 * @throws UpstreamError
 */
export async function compareCommits(
  client: GithubClient,
  repository: RepositoryName,
  base: string,
  head: string,
): Promise<CommitComparison> {
  const path = pathOf(repository) + encodedPath`/compare/${`${base}...${head}`}`;
  const found = await client.getJson(path, comparisonSchema, { maxBytes, timeoutMs });
  const commits = found.commits.map(answer => ({
    ...toCommit(answer),
    ...(answer.html_url ? { url: answer.html_url } : {}),
  }));
  return {
    commits: commits.reverse(),
    total: found.total_commits,
    missing: found.behind_by,
    ...(found.html_url ? { url: found.html_url } : {}),
  };
}
