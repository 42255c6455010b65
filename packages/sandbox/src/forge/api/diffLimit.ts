import { ForgeError } from '../model/errors';

/** GitHub's refusal of a change as text that has too many files. */
export function diffTooLarge(files: number): ForgeError {
  return new ForgeError(
    406,
    `Sorry, the diff exceeded the maximum number of files (${files}). Consider using 'List pull requests files' API or locally cloning the repository instead.`,
    [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }],
  );
}
