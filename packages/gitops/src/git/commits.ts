import { git, GitError } from './git';

/** A reference that the checkout does not know. */
export class UnknownRefError extends Error {
  override name = 'UnknownRefError';
}

/**
 * The commit that a reference names.
 *
 * @param ref - a branch, tag or commit, as a person gives it
 * @throws UnknownRefError that says what to do
 */
export async function commitOf(directory: string, ref: string): Promise<string> {
  try {
    // What begins with "-" would be an option, and what holds ".." or ":" is no commit.
    if (!/^[^-\s:]\S*$/.test(ref) || ref.includes('..')) throw new GitError('not a reference');
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    return (await git(directory, args)).toString().trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const reason = error.message.includes('was ended') ? '' : ` (${error.message})`;
    throw new UnknownRefError(
      `${JSON.stringify(
        ref,
      )} is no commit of this checkout${reason}: fetch it first (in a workflow: fetch-depth: 0)`,
    );
  }
}

/** Where the histories of two commits part; `undefined` when a shallow checkout does not tell. */
export async function mergeBase(
  directory: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  try {
    return (await git(directory, ['merge-base', one, other])).toString().trim() || undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
