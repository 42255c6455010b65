/** Kinds of hosts of Backstage's `integrations`, as far as repositories are read there. */
export type GitHostKind =
  | 'github'
  | 'gitlab'
  | 'gitea'
  | 'bitbucketCloud'
  | 'bitbucketServer'
  | 'azure';

const folders: Record<GitHostKind, string> = {
  github: 'pull',
  gitlab: '-/merge_requests',
  gitea: 'pulls',
  bitbucketCloud: 'pull-requests',
  bitbucketServer: 'pull-requests',
  azure: 'pullrequest',
};

/** The page of a pull request. */
export function pullRequestPage(repository: string, kind: GitHostKind, number: number): string {
  return `${repository}/${folders[kind]}/${number}`;
}
