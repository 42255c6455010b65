import type { Commit } from '../git/commit';
import { zeroSha } from '../git/names';
import { Links } from '../api/links';
import { presentTime } from '../api/present/commit';
import { presentWholePull } from '../api/present/pull';
import { presentRepository } from '../api/present/repository';
import { presentUser } from '../api/present/user';
import type { BranchUpdate, PullUpdate } from '../model/events';
import { defaultBranch, owner, type HostedRepository } from '../model/hosted';
import { identity } from '../model/merge';
import { personByEmail } from '../people';

/** GitHub lists at most this many commits of a push. */
const maxCommits = 20;

async function presentPushed(links: Links, repository: HostedRepository, commit: Commit) {
  const changes = await repository.git.diff(commit.parents[0], commit.sha);
  const paths = (...statuses: string[]) =>
    changes.filter(change => statuses.includes(change.status)).map(change => change.path);
  const moved = changes.flatMap(change =>
    change.status === 'renamed' && change.previousPath ? [change.previousPath] : [],
  );
  const person = ({ name, email }: { name: string; email: string }) => {
    const login = personByEmail(email)?.login;
    return { name, email, ...(login ? { username: login } : {}) };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: presentTime(commit.committer.date),
    url: links.commit(repository.name, commit.sha),
    author: person(commit.author),
    committer: person(commit.committer),
    added: paths('added', 'copied', 'renamed'),
    removed: [...paths('removed'), ...moved],
    modified: paths('modified', 'changed'),
  };
}

function envelope(links: Links, repository: HostedRepository, login: string) {
  const sender = presentUser(links, login);
  return {
    repository: {
      ...presentRepository(links, repository, false),
      // In this event, and only here, GitHub gives the page as `url`.
      url: links.repository(repository.name),
      master_branch: defaultBranch,
    },
    organization: { login: owner, url: `${links.api}/orgs/${owner}` },
    sender,
  };
}

/**
 * The body of a `push` webhook.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 */
export async function pushPayload(
  links: Links,
  repository: HostedRepository,
  update: BranchUpdate,
) {
  const { git } = repository;
  const { before, after } = update;
  const exclude = before ? [before] : [];
  // A new branch tells what it has and the main branch has not.
  const main = repository.state.branches[defaultBranch];
  const known = !before && update.branch !== defaultBranch && main ? [main] : exclude;
  const commits = after ? await git.log(after, { exclude: known, limit: maxCommits }) : [];
  const shown = await Promise.all(commits.map(one => presentPushed(links, repository, one)));
  const tip = after ? await git.commit(after) : undefined;
  const forced = before && after ? !(await git.isAncestor(before, after)) : false;
  return {
    ref: `refs/heads/${update.branch}`,
    before: before ?? zeroSha,
    after: after ?? zeroSha,
    created: before === undefined,
    deleted: after === undefined,
    forced,
    base_ref: null,
    compare: `${links.repository(repository.name)}/compare/${before ?? zeroSha}...${
      after ?? zeroSha
    }`,
    commits: shown.reverse(),
    head_commit: tip ? await presentPushed(links, repository, tip) : null,
    pusher: { name: update.actor, email: identity(update.actor).email },
    ...envelope(links, repository, update.actor),
  };
}

/**
 * The body of a `pull_request` webhook.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
 */
export async function pullPayload(links: Links, repository: HostedRepository, update: PullUpdate) {
  const common = envelope(links, repository, update.actor);
  return {
    action: update.action,
    number: update.pull.number,
    pull_request: await presentWholePull(links, repository, update.pull),
    ...common,
    repository: { ...common.repository, url: links.repositoryApi(repository.name) },
  };
}
