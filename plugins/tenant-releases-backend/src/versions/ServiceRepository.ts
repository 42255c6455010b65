import type { VersionCommit } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';
import type { RepositoryName } from '../desired/githubPaths';
import { shaSchema } from '../desired/githubSchemas';
import { isProgram } from '../desired/isProgram';
import { plainVersionCommit } from '../join/plainParts';
import { type HttpClient, OddAnswerError } from '@internal/gitops';
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
  readonly #graphql: Pick<HttpClient, 'postJson'>;
  readonly #repository: RepositoryName;

  /** @param graphql - client of the address that `/graphql` is below, with credentials */
  constructor(graphql: Pick<HttpClient, 'postJson'>, repository: RepositoryName) {
    this.#graphql = graphql;
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
    const { data } = await this.#graphql.postJson(
      '/graphql',
      { query, variables: this.#repository },
      answerSchema,
      { timeoutMs: 11_000 },
    );
    if (!data.repository)
      throw new OddAnswerError('the repository is not there, or may not be read');
    for (const { version, alias, prefix = '' } of asked) {
      const commit = data.repository[alias];
      if (commit?.oid.startsWith(prefix) && !found.has(version)) {
        found.set(version, plainVersionCommit(toVersionCommit(commit)));
      }
    }
    return found;
  }
}

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
  const isBot = merger && isProgram({ login: merger.login, type: merger.__typename });
  return {
    commit: oid,
    title: message.split('\n', 1)[0],
    ...(name ? { author: name } : {}),
    ...(isProgram({ login: author?.user?.login, name: author?.name, email: author?.email })
      ? { isBot: true }
      : {}),
    committedAt: committedDate,
    url,
    ...(pull
      ? {
          pullRequest: {
            number: pull.number,
            url: pull.url,
            title: pull.title,
            mergedAt: pull.mergedAt!,
            ...(mergedBy ? { mergedBy } : {}),
            ...(isBot ? { mergedByBot: true as const } : {}),
          },
        }
      : {}),
  };
}
