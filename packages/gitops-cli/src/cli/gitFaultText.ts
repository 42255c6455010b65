import type { GitFault, GitFaultKind } from '@internal/gitops';

/** What went wrong with the repository at its host, and the cure, in the words of this program's options. */
const words: Partial<Record<GitFaultKind, string>> = {
  'no-git': 'cannot be read: install git 2.38 or newer',
  timeout: 'cannot be read: the Git host does not answer in time',
  unreachable: 'cannot be read: the Git host did not answer; see GITHUB_API_URL',
  'server-error': 'cannot be read: the Git host is overloaded or out of order',
  'rate-limited':
    'cannot be read: the Git host limits how much this token may do; wait and run the same command again',
  unauthorized: 'cannot be read: GITHUB_TOKEN is not valid there, or no longer',
  forbidden: 'cannot be read: GITHUB_TOKEN needs contents: write and pull-requests: write',
  'not-found': 'is not there, or GITHUB_TOKEN may not see it: see --repository',
  empty: 'holds no commit yet',
  redirected: 'was moved: name its new address with --repository',
  'bad-answer':
    'cannot be read: its host answers something else than Git does; see GITHUB_API_URL, and whether a proxy or a sign-in page stands in front of it',
  'too-large': 'cannot be read: it sends more than is taken',
  'full-disk': 'cannot be read: the disk of temporary files is full; set TMPDIR to another place',
  'bad-folder': 'cannot be read: the folder of temporary files cannot be written; set TMPDIR',
};

/** A {@link GitFault} in a sentence for whoever runs the command. */
export function describeGitFault({ kind }: GitFault, repository: string): string {
  return `${repository} ${
    words[kind] ?? `cannot be read with git (${kind}): run the same command again`
  }`;
}
