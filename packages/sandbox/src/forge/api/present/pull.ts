import { owner, type HostedRepository } from '../../model/hosted';
import { mergeability } from '../../model/merge';
import { pullCommits, pullEnds } from '../../model/pullState';
import type { PullRequest } from '../../model/types';
import { nodeId, type Links } from '../links';
import { changeTotals } from './commit';
import { presentRepository } from './repository';
import { presentUser } from './user';

/** A label; its colour follows from its name. */
export function presentLabel(links: Links, repository: string, label: string) {
  const hue = [...label].reduce((sum, letter) => (sum * 17 + letter.charCodeAt(0)) % 0xffffff, 7);
  return {
    id: hue,
    node_id: nodeId('LA', label),
    url: `${links.repositoryApi(repository)}/labels/${encodeURIComponent(label)}`,
    name: label,
    description: '',
    color: hue.toString(16).padStart(6, '0'),
    default: false,
  };
}

/**
 * GitHub's pull request, as in lists.
 *
 * @see https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
export function presentPull(links: Links, repository: HostedRepository, pull: PullRequest) {
  const { name } = repository;
  const api = links.repositoryApi(name);
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const html = links.pull(name, pull.number);
  const side = ({ ref, sha }: { ref: string; sha: string }) => ({
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: presentUser(links, owner),
    repo: presentRepository(links, repository, false),
  });
  const urls = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.head.sha}`,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', `${name}/${pull.number}`),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    comments_url: urls.comments,
    statuses_url: urls.statuses,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: presentUser(links, pull.author),
    body: pull.body || null,
    labels: pull.labels.map(label => presentLabel(links, name, label)),
    milestone: null,
    active_lock_reason: null,
    created_at: seconds(pull.createdAt),
    updated_at: seconds(pull.updatedAt),
    closed_at: pull.closedAt ? seconds(pull.closedAt) : null,
    merged_at: pull.merge ? seconds(pull.merge.at) : null,
    merge_commit_sha: pull.merge?.sha ?? null,
    assignee: pull.assignees.length ? presentUser(links, pull.assignees[0]) : null,
    assignees: pull.assignees.map(login => presentUser(links, login)),
    requested_reviewers: pull.reviewers.map(login => presentUser(links, login)),
    requested_teams: [],
    head: side(pull.head),
    base: side(pull.base),
    _links: Object.fromEntries(Object.entries(urls).map(([key, href]) => [key, { href }])),
    author_association: 'MEMBER',
    auto_merge: null,
    draft: pull.draft,
  };
}

/** GitHub's pull request alone: with what costs a look at its contents. */
export async function presentWholePull(
  links: Links,
  repository: HostedRepository,
  pull: PullRequest,
) {
  const { git, state } = repository;
  const { base, head } = pullEnds(state, pull);
  const [verdict, commits, start] = await Promise.all([
    mergeability(repository, pull),
    pullCommits(git, state, pull),
    git.mergeBase(base, head),
  ]);
  const changes = await git.diff(start, head);
  const { additions, deletions } = changeTotals(changes);
  return {
    ...presentPull(links, repository, pull),
    merged: pull.merge !== undefined,
    mergeable: pull.state === 'open' ? verdict.mergeable : null,
    rebaseable: false,
    mergeable_state: verdict.state,
    merged_by: pull.merge ? presentUser(links, pull.merge.by) : null,
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions,
    deletions,
    changed_files: changes.length,
  };
}

/** A time without its fraction, as GitHub writes it. */
export function seconds(time: string): string {
  return time.replace(/\.\d{3}Z$/, 'Z');
}
