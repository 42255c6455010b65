import { z } from 'zod';
import { boundedText } from '../../http/boundedText';
import { itemsOf } from '../../http/itemsOf';
import { shaSchema } from './githubSchemas';

const repo = z.object({ full_name: z.string() });

const pull = z.object({
  number: z.number().int().positive(),
  html_url: boundedText,
  title: boundedText,
  body: z.string().nullish(),
  draft: z.boolean().nullish(),
  created_at: z.iso.datetime(),
  closed_at: z.iso.datetime().nullish(),
  merged_at: z.iso.datetime().nullish(),
  // The repository of a branch is null where a fork was deleted.
  head: z.object({ ref: boundedText, sha: shaSchema, repo: repo.nullish() }),
  base: z.object({ ref: boundedText, repo }),
});

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests */
export const pullListSchema = itemsOf(pull);

/** One pull request of a list. */
export type PullAnswer = z.infer<typeof pull>;

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request; null while GitHub finds out */
export const mergeableSchema = z.object({ mergeable: z.boolean().nullish() });

/** https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference */
export const checkRunsSchema = z.object({
  check_runs: itemsOf(
    z.object({ name: boundedText, status: z.string(), conclusion: z.string().nullish() }),
  ),
});

/** https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
export const combinedStatusSchema = z.object({
  statuses: itemsOf(z.object({ context: boundedText, state: z.string() })),
});

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request */
export const reviewsSchema = itemsOf(
  z.object({ user: z.object({ login: z.string() }).nullish(), state: z.string() }),
);
