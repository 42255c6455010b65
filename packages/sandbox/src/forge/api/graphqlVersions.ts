import type { HostedRepository } from '../model/hosted';
import { pullsOfCommit } from '../model/pullState';
import { personByEmail, personByLogin } from '../people';
import type { Links } from './links';
import { presentTime } from './present/commit';
import { seconds } from './present/pull';

/** The commits that revisions stand for, `v0:object(expression:"1a2b3c4"){...object}` and so on. */
const versionsQuery =
  /^query\(\$owner:String!,\$name:String!\)\{repository\(owner:\$owner,name:\$name\)\{((?:\w+:object\(expression:"[\w./-]{1,200}"\)\{\.\.\.object\} ?)+)\}\}fragment object on GitObject\{\.\.\.commit \.\.\.on Tag\{target\{\.\.\.commit\}\}\}fragment commit on Commit\{oid url message committedDate author\{name email user\{login name\}\}associatedPullRequests\(first:5\)\{nodes\{number url title mergedAt mergedBy\{__typename login \.\.\.on User\{name\}\}\}\}\}$/;

/** The objects that a query asks for, when it is about the commits of versions. */
export function askedVersions(query: string): string | undefined {
  return versionsQuery.exec(query)?.[1];
}

/**
 * GitHub's answer on the commits of versions; the forge has no annotated tags.
 *
 * @see https://docs.github.com/en/graphql/reference/objects#commit
 */
export async function answerVersions(
  links: Links,
  repository: HostedRepository,
  objects: string,
): Promise<Record<string, object | null>> {
  const asked = [...objects.matchAll(/(\w+):object\(expression:"([^"]+)"/g)];
  const answers = await Promise.all(
    asked.map(async ([, alias, expression]) => [
      alias,
      await presentVersion(links, repository, expression),
    ]),
  );
  return Object.fromEntries(answers);
}

async function presentVersion(
  links: Links,
  repository: HostedRepository,
  expression: string,
): Promise<object | null> {
  const { git, name, state } = repository;
  const sha = await git.resolve(expression);
  const commit = sha === undefined ? undefined : await git.commit(sha);
  if (!commit) return null;
  const { author } = commit;
  const account = personByEmail(author.email);
  const pulls = await pullsOfCommit(git, state, commit.sha);
  return {
    oid: commit.sha,
    url: links.commit(name, commit.sha),
    message: commit.message,
    committedDate: presentTime(commit.committer.date),
    author: {
      name: author.name,
      email: author.email,
      // An App is no User.
      user: account?.type === 'User' ? { login: account.login, name: account.name } : null,
    },
    associatedPullRequests: {
      nodes: pulls.slice(0, 5).map(({ number, title, merge }) => ({
        number,
        url: links.pull(name, number),
        title,
        mergedAt: merge ? seconds(merge.at) : null,
        mergedBy: merge ? presentActor(merge.by) : null,
      })),
    },
  };
}

/** Apps have their login without `[bot]` here: https://docs.github.com/en/graphql/reference/interfaces#actor */
function presentActor(login: string): object {
  const person = personByLogin(login);
  if (person?.type === 'Bot') return { __typename: 'Bot', login: login.replace(/\[bot\]$/, '') };
  return { __typename: 'User', login, name: person?.name ?? null };
}
