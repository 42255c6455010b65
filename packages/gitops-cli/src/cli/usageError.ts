/** The call was wrong; exit code 2. The message names the option and the cure. */
export class UsageError extends Error {
  override name = 'UsageError';
}
