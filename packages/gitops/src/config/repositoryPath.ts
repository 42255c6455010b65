import { GitopsConfigError } from './GitopsConfigError';

/**
 * Makes sure that a configured path is written as Git writes it: another spelling of the same file would be found by
 * nothing, and what is not found has no rules.
 *
 * @param key - of the configuration
 * @throws GitopsConfigError
 */
export function requireRepositoryPath(key: string, path: string): void {
  const isPlain =
    !path.includes('\\') &&
    path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
  if (isPlain) return;
  throw new GitopsConfigError(
    key,
    'must be a path from the repository\'s root, without a leading or trailing "/", without "\\" and without an empty part, "." or ".."',
  );
}
