import { z } from 'zod';
import { itemsOf } from '../../http/itemsOf';
import { OddAnswerError } from '../../http/UpstreamError';
import { toText } from '../../text/gitText';
import type { GitCommit } from '../GithubApi';
import { isBotIdentity } from '../isBotIdentity';

/** Id of an object of Git. */
export const shaSchema = z.string().regex(/^[0-9a-f]{40,64}$/);

/** https://docs.github.com/en/rest/users/users */
const accountSchema = z.object({ login: z.string(), type: z.string().nullish() });

const text = z.string().optional().catch(undefined);
/** Without its name it still has a time, and the other way round. */
const person = z.object({ name: text, email: text, date: text }).nullish().catch(undefined);

/** https://docs.github.com/en/rest/commits/commits; whatever people wrote into it, it is a commit */
export const commitSchema = z.object({
  sha: shaSchema,
  /** GitHub's account of the author, where there is one; `{}` where it is gone. */
  author: accountSchema.nullish().catch(undefined),
  commit: z
    .object({ message: z.string().catch(''), author: person, committer: person })
    .catch({ message: '' }),
});

/** https://docs.github.com/en/rest/commits/commits#list-commits */
export const commitsSchema = itemsOf(commitSchema);

/** The list of one commit, the head of a branch: it is read, or the answer is odd. */
export const headSchema = z.tuple([commitSchema], z.unknown());

/** The part of a single commit that tells what it did to files. */
export const commitFilesSchema = z.object({
  parents: itemsOf(z.object({ sha: shaSchema })).default([]),
  files: itemsOf(
    z.object({
      filename: z.string(),
      status: z.string(),
      previous_filename: z.string().nullish(),
    }),
  ).default([]),
});

/** https://docs.github.com/en/rest/git/trees */
export const treeSchema = z.object({
  truncated: z.boolean().optional(),
  tree: itemsOf(z.object({ path: z.string(), type: z.string(), sha: shaSchema, mode: text })),
});

const contentSchema = z.object({ sha: shaSchema, encoding: z.string(), content: z.string() });

/** A content, as files and blobs carry it. */
export const textSchema = contentSchema.transform(({ sha, encoding, content }) => ({
  sha,
  ...toText(bytesOf(encoding, content)),
}));

/** https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit */
export const pullsSchema = itemsOf(
  z.object({
    number: z.number().int(),
    html_url: z.string(),
    title: z.string(),
    merged_at: z.string().nullish(),
    base: z.object({ ref: z.string() }).optional().catch(undefined),
  }),
);

/** A single pull request; only this one tells who merged it. GitHub's REST API has the person as an account. */
export const mergerSchema = z.object({ merged_by: accountSchema.nullish() });

/** The name that a person has given. */
export const profileSchema = z.object({ name: z.string().nullish() });

/** The name of a repository: `owner/name`. */
export const repositorySchema = z.object({
  full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
});

/** https://docs.github.com/en/graphql/reference/objects#blob */
export const blobsSchema = z.object({
  data: z.object({
    repository: z.record(
      z.string(),
      z
        .object({
          oid: shaSchema.nullish(),
          text: z.string().nullish(),
          isTruncated: z.boolean().nullish(),
        })
        .nullable(),
    ),
  }),
});

/** A commit, as the history needs it. */
export function toCommit({
  sha,
  author: account,
  commit,
}: z.infer<typeof commitSchema>): GitCommit {
  const { author, committer, message } = commit;
  const name = author?.name ?? committer?.name ?? 'unknown';
  const isBot = isBotIdentity({ type: account?.type, login: account?.login, ...author });
  return {
    sha,
    author: name,
    ...(isBot ? { isBot } : {}),
    message,
    ...(committer?.name ? { committer: committer.name } : {}),
    committedAt: toTime(committer?.date) ?? toTime(author?.date) ?? new Date(0).toISOString(),
  };
}

/** Git takes any number for a time, also one that no calendar has. */
function toTime(date: string | undefined): string | undefined {
  const time = new Date(date ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function bytesOf(encoding: string, content: string): Buffer {
  if (encoding === 'base64') return Buffer.from(content, 'base64');
  if (encoding === 'utf-8') return Buffer.from(content);
  throw new OddAnswerError(`unknown encoding "${encoding}"`);
}
