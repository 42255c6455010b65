import type { GitHostKind } from '@internal/plugin-tenant-releases-node';

const folders: Record<GitHostKind, string> = {
  github: 'pull',
  gitlab: '-/merge_requests',
  gitea: 'pulls',
  bitbucketCloud: 'pull-requests',
  bitbucketServer: 'pull-requests',
  azure: 'pullrequest',
};

const commitFolders: Partial<Record<GitHostKind, string>> = {
  gitlab: '-/commit',
  bitbucketCloud: 'commits',
  bitbucketServer: 'commits',
};

/** The page of a commit. */
export function commitPage(repository: string, kind: GitHostKind, sha: string): string {
  return `${repository}/${commitFolders[kind] ?? 'commit'}/${sha}`;
}

/** The page of a pull request. */
export function pullRequestPage(repository: string, kind: GitHostKind, number: number): string {
  return `${repository}/${folders[kind]}/${number}`;
}
