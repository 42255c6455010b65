/** What went wrong with a repository that is read with Git. */
export type GitFaultKind =
  /** The program is missing or too old. */
  | 'no-git'
  | 'timeout'
  | 'unreachable'
  | 'server-error'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  /** The repository is there, and the branch is not. */
  | 'no-branch'
  /** The repository holds no commit. */
  | 'empty'
  /** The host leads to another address. */
  | 'redirected'
  /** The host sends what is no repository, or not what it has announced. */
  | 'bad-answer'
  /** More bytes than are taken. */
  | 'too-large'
  | 'full-disk'
  /** The mirror's folder cannot be used. */
  | 'bad-folder'
  /** The mirror is damaged; it is made anew. */
  | 'corrupt'
  /** Another process holds the mirror. */
  | 'locked'
  | 'aborted'
  | 'failed';

/**
 * A repository could not be read with Git. The message is one line that names the repository and the cure. It holds no
 * credential and no path of this machine.
 */
export class GitFault extends Error {
  override name = 'GitFault';

  constructor(readonly kind: GitFaultKind, message: string) {
    super(message);
  }
}
