import type { PendingProgress } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { encodedPath } from '../../http/encodedPath';
import { toUpstreamError } from '../../http/UpstreamError';
import type { GithubReader } from './GithubReader';
import { combineChecks, combineReviews, runResult, statusResult } from './pullFacts';
import {
  checkRunsSchema,
  combinedStatusSchema,
  mergeableSchema,
  pullListSchema,
  reviewsSchema,
  type PullAnswer,
} from './pullSchemas';

/** More open pull requests than these are not looked through. */
const maxPages = 10;
const perPage = 100;

/** What a list of pull requests does not say of one. */
export type PullFacts = Pick<PendingProgress, 'checks' | 'review' | 'merge'>;

interface Kept {
  etag: string;
  value: unknown;
  next?: Record<string, string>;
}

/** Reads pull requests; what has not changed since costs nothing of GitHub's limit. */
export class PullReader {
  readonly #client: Pick<GithubReader, 'ask'>;
  readonly #branch: string;
  readonly #kept = new LRUCache<string, Kept>({ max: 500 });

  constructor(client: Pick<GithubReader, 'ask'>, branch: string) {
    this.#client = client;
    this.#branch = branch;
  }

  /** Every open pull request into the branch. */
  open(): Promise<PullAnswer[]> {
    return this.#list('/pulls', { state: 'open', base: this.#branch }, pullListSchema, maxPages);
  }

  /** The pull requests into the branch that were merged or closed last. */
  ended(): Promise<PullAnswer[]> {
    const query = { state: 'closed', base: this.#branch, sort: 'updated', direction: 'desc' };
    return this.#list('/pulls', query, pullListSchema, 1);
  }

  async facts({ number, head: { sha } }: PullAnswer): Promise<PullFacts> {
    const pull = encodedPath`/pulls/${String(number)}`;
    const commit = encodedPath`/commits/${sha}`;
    const [{ mergeable }, reviews, results] = await Promise.all([
      this.#read(pull, {}, mergeableSchema).then(({ value }) => value),
      this.#list(`${pull}/reviews`, {}, reviewsSchema, 5),
      this.#checks(commit),
    ]);
    const merge = mergeable ? 'clean' : 'conflict';
    return {
      checks: results ? combineChecks(results) : { state: 'unknown', failing: [] },
      review: combineReviews(reviews),
      merge: typeof mergeable === 'boolean' ? merge : 'unknown',
    };
  }

  /** Undefined when the token may not see checks: then nobody knows, which is not the same as none. */
  async #checks(commit: string) {
    try {
      const query = { per_page: perPage };
      const [runs, status] = await Promise.all([
        this.#read(`${commit}/check-runs`, query, checkRunsSchema),
        this.#read(`${commit}/status`, query, combinedStatusSchema),
      ]);
      return [...runs.value.check_runs.map(runResult), ...status.value.statuses.map(statusResult)];
    } catch (error) {
      if (toUpstreamError(error).errorClass !== 'forbidden') throw error;
      return undefined;
    }
  }

  async #list<T>(
    path: string,
    query: Record<string, string | number>,
    schema: z.ZodType<T[]>,
    pages: number,
  ): Promise<T[]> {
    const found: T[] = [];
    let wanted: Record<string, string | number> | undefined = { ...query, per_page: perPage };
    for (let page = 0; wanted && page < pages; page += 1) {
      const answer: { value: T[]; next?: Record<string, string> } = await this.#read(
        path,
        wanted,
        schema,
      );
      found.push(...answer.value);
      wanted = answer.next;
    }
    return found;
  }

  async #read<T>(
    path: string,
    query: Record<string, string | number>,
    schema: z.ZodType<T>,
  ): Promise<{ value: T; next?: Record<string, string> }> {
    const key = `${path}?${JSON.stringify(query)}`;
    const kept = this.#kept.get(key);
    const answer = await this.#client.ask(path, schema, { query, etag: kept?.etag });
    // Only an answer that was kept has an ETag to ask with, and it went through this very schema.
    if (!answer) return kept as Kept & { value: T };
    if (answer.etag) this.#kept.set(key, { ...answer, etag: answer.etag });
    return answer;
  }
}
