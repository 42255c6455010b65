import type { VersionCommit } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import { OddAnswerError } from '../../http/UpstreamError';
import { shorten } from '../../text/shorten';
import { isBotIdentity } from '../isBotIdentity';
import type { GithubClient } from './GithubClient';
import type { RepositoryName } from './githubPaths';
import { shaSchema } from './githubSchemas';
import { versionExpressions } from './versionExpressions';

/** https://docs.github.com/en/graphql/reference/objects#pullrequest */
const pullSchema = z.object({
  number: z.number().int(),
  url: z.string(),
  title: z.string(),
  mergedAt: z.string().nullish(),
  mergedBy: z
    .object({ __typename: z.string(), login: z.string(), name: z.string().nullish() })
    .nullish(),
});

/** https://docs.github.com/en/graphql/reference/objects#commit */
const commitSchema = z.object({
  oid: shaSchema,
  url: z.string(),
  message: z.string(),
  committedDate: z.string(),
  author: z
    .object({
      name: z.string().nullish(),
      email: z.string().nullish(),
      user: z.object({ login: z.string(), name: z.string().nullish() }).nullish(),
    })
    .nullish(),
  // A token may not be allowed to read pull requests.
  associatedPullRequests: z
    .object({ nodes: z.array(pullSchema.nullable()).nullish() })
    .nullish()
    .catch(undefined),
});

type GraphqlCommit = z.infer<typeof commitSchema>;

/** Longest name of somebody, in characters. */
const nameLength = 80;

/** What a version stands for: a commit, or an annotated tag of one. */
const objectSchema = z.union([
  commitSchema,
  z.object({ target: commitSchema }).transform(({ target }) => target),
  // Something else, such as a file.
  z.looseObject({}).transform(() => undefined),
]);

const answerSchema = z.object({
  data: z.object({ repository: z.record(z.string(), objectSchema.nullable()).nullable() }),
});

const fragments = `fragment object on GitObject{...commit ...on Tag{target{...commit}}}fragment commit on Commit{oid url message committedDate author{name email user{login name}}associatedPullRequests(first:5){nodes{number url title mergedAt mergedBy{__typename login ...on User{name}}}}}`;

/** The repository that a service's versions are built from. */
export class ServiceRepository {
  readonly #client: Pick<GithubClient, 'query'>;
  readonly #repository: RepositoryName;

  /** @param client - of the repository's host, with the credentials for it */
  constructor(client: Pick<GithubClient, 'query'>, repository: RepositoryName) {
    this.#client = client;
    this.#repository = { owner: repository.owner, name: repository.name };
  }

  /**
   * The commits of versions, by one request. A version that the repository does not know is not in the answer.
   *
   * @throws UpstreamError
   */
  async commits(versions: readonly string[]): Promise<Map<string, VersionCommit>> {
    const asked = versions.flatMap((version, index) =>
      versionExpressions(version).map((wanted, place) => ({
        version,
        ...wanted,
        alias: `v${index}_${place}`,
      })),
    );
    const found = new Map<string, VersionCommit>();
    if (asked.length === 0) return found;
    const objects = asked.map(
      ({ alias, expression }) => `${alias}:object(expression:"${expression}"){...object}`,
    );
    const query = `query($owner:String!,$name:String!){repository(owner:$owner,name:$name){${objects.join(
      ' ',
    )}}}${fragments}`;
    const { data } = await this.#client.query(query, this.#repository, answerSchema, {
      timeoutMs: 11_000,
    });
    if (!data.repository)
      throw new OddAnswerError('the repository is not there, or may not be read');
    for (const { version, alias, prefix = '' } of asked) {
      const commit = data.repository[alias];
      if (commit?.oid.startsWith(prefix) && !found.has(version)) {
        found.set(version, toVersionCommit(commit));
      }
    }
    return found;
  }
}

/** What people wrote is one line of text each. */
function toVersionCommit({
  oid,
  url,
  message,
  committedDate,
  author,
  associatedPullRequests,
}: GraphqlCommit): VersionCommit {
  const name = author?.user?.name || author?.name || author?.user?.login;
  const pull = associatedPullRequests?.nodes?.find(each => each?.mergedAt);
  const merger = pull?.mergedBy;
  const mergedBy = merger && (merger.name || merger.login);
  const isBot = merger && isBotIdentity({ login: merger.login, type: merger.__typename });
  return {
    commit: oid,
    title: shorten(message.split('\n', 1)[0]),
    ...(name ? { author: shorten(name, nameLength) } : {}),
    ...(isBotIdentity({ login: author?.user?.login, name: author?.name, email: author?.email })
      ? { isBot: true }
      : {}),
    committedAt: committedDate,
    url,
    ...(pull
      ? {
          pullRequest: {
            number: pull.number,
            url: pull.url,
            title: shorten(pull.title),
            mergedAt: pull.mergedAt!,
            ...(mergedBy ? { mergedBy: shorten(mergedBy, nameLength) } : {}),
            ...(isBot ? { mergedByBot: true as const } : {}),
          },
        }
      : {}),
  };
}
