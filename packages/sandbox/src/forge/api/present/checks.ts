import type { CheckRun, CommitStatus } from '../../model/types';
import { nodeId, type Links } from '../links';
import { presentUser } from './user';

/**
 * GitHub's check run.
 *
 * @see https://docs.github.com/en/rest/checks/runs
 */
export function presentCheckRun(links: Links, repository: string, run: CheckRun) {
  const url = `${links.repositoryApi(repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId('CR', run.id),
    external_id: '',
    url,
    html_url: `${links.commit(repository, run.headSha)}#check-${run.id}`,
    details_url: run.detailsUrl ?? null,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.output.title ?? null,
      summary: run.output.summary ?? null,
      text: run.output.text ?? null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.id },
    app: null,
    pull_requests: [],
  };
}

/** A commit status. */
export function presentStatus(links: Links, repository: string, status: CommitStatus) {
  return {
    url: `${links.repositoryApi(repository)}/statuses/${status.sha}`,
    avatar_url: presentUser(links, status.author).avatar_url,
    id: status.id,
    node_id: nodeId('SC', status.id),
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: presentUser(links, status.author),
  };
}

/** The state of several statuses together, as GitHub sums it up. */
export function combinedState(statuses: CommitStatus[]): 'success' | 'failure' | 'pending' {
  if (statuses.some(status => status.state === 'failure' || status.state === 'error')) {
    return 'failure';
  }
  const done = statuses.length > 0 && statuses.every(status => status.state === 'success');
  return done ? 'success' : 'pending';
}
