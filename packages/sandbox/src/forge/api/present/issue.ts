import type { Comment, PullRequest, Review } from '../../model/types';
import { nodeId, type Links } from '../links';
import { presentLabel, seconds } from './pull';
import { presentUser } from './user';

/**
 * A pull request as the issue that it also is on GitHub.
 *
 * @see https://docs.github.com/en/rest/issues/issues#get-an-issue
 */
export function presentIssue(links: Links, repository: string, pull: PullRequest) {
  const api = links.repositoryApi(repository);
  const url = `${api}/issues/${pull.number}`;
  const html = links.pull(repository, pull.number);
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId('PR', `${repository}/${pull.number}`),
    number: pull.number,
    title: pull.title,
    user: presentUser(links, pull.author),
    labels: pull.labels.map(label => presentLabel(links, repository, label)),
    state: pull.state,
    locked: false,
    assignee: pull.assignees.length ? presentUser(links, pull.assignees[0]) : null,
    assignees: pull.assignees.map(login => presentUser(links, login)),
    milestone: null,
    comments: pull.comments.length,
    created_at: seconds(pull.createdAt),
    updated_at: seconds(pull.updatedAt),
    closed_at: pull.closedAt ? seconds(pull.closedAt) : null,
    author_association: 'MEMBER',
    active_lock_reason: null,
    body: pull.body || null,
    draft: pull.draft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merge ? seconds(pull.merge.at) : null,
    },
  };
}

/** A comment on a pull request. */
export function presentComment(links: Links, repository: string, number: number, comment: Comment) {
  const api = links.repositoryApi(repository);
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${links.pull(repository, number)}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${number}`,
    user: presentUser(links, comment.author),
    body: comment.body,
    created_at: seconds(comment.createdAt),
    updated_at: seconds(comment.createdAt),
    author_association: 'MEMBER',
  };
}

/** A review of a pull request. */
export function presentReview(links: Links, repository: string, number: number, review: Review) {
  const url = `${links.repositoryApi(repository)}/pulls/${number}`;
  const html = `${links.pull(repository, number)}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: presentUser(links, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: 'MEMBER',
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: seconds(review.submittedAt),
    commit_id: review.commit,
  };
}
