import type { HostedRepository } from '../../model/hosted';
import { defaultBranch, owner } from '../../model/hosted';
import { nodeId, type Links } from '../links';
import { presentUser } from './user';

const templates: Record<string, string> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** Numbers a repository from its name, the same after every start. */
function repositoryId(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);
}

/** GitHub's "minimal repository" without what depends on the caller. */
export function presentMinimalRepository(links: Links, name: string) {
  const api = links.repositoryApi(name);
  const id = repositoryId(name);
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: `${owner}/${name}`,
    private: false,
    owner: presentUser(links, owner),
    html_url: links.repository(name),
    description: null,
    fork: false,
    url: api,
    ...Object.fromEntries(Object.entries(templates).map(([key, path]) => [key, `${api}${path}`])),
  };
}

/**
 * GitHub's repository, with `permissions` only for somebody who is signed in.
 *
 * @see https://docs.github.com/en/rest/repos/repos#get-a-repository
 */
export function presentRepository(links: Links, repository: HostedRepository, signedIn: boolean) {
  const { name, state } = repository;
  const open = state.pulls.filter(pull => pull.state === 'open').length;
  return {
    ...presentMinimalRepository(links, name),
    clone_url: links.clone(name),
    git_url: links.clone(name),
    ssh_url: links.clone(name),
    svn_url: links.repository(name),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    subscribers_count: 0,
    network_count: 0,
    size: 0,
    default_branch: defaultBranch,
    open_issues_count: open,
    open_issues: open,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: 'public',
    created_at: state.createdAt,
    updated_at: state.createdAt,
    pushed_at: state.createdAt,
    allow_forking: false,
    ...(signedIn
      ? {
          permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
          allow_rebase_merge: false,
          allow_squash_merge: true,
          allow_merge_commit: true,
          allow_auto_merge: false,
          delete_branch_on_merge: false,
        }
      : {}),
  };
}
