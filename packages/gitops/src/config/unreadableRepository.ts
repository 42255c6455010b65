import type { GitopsConfig } from './gitopsConfig';
import { GitopsConfigError } from './GitopsConfigError';

/** Why a Git host that answers does not let the repository be read: 401, 403, 404 and 409 of GitHub's API. */
export type RepositoryRefusal = 'unauthorized' | 'forbidden' | 'not-found' | 'empty';

/** The error that stops the start; several plugins read the repository, and all must say the same about it. */
export function unreadableRepository(
  { key, repository, branch }: GitopsConfig,
  refusal: RepositoryRefusal,
): GitopsConfigError {
  const token = `the token of integrations.github for ${repository.host}`;
  const cures: Record<RepositoryRefusal, string> = {
    unauthorized: `${token} is refused; set it to a valid one`,
    forbidden: `${token} may not read it; give it the right to read contents and pull requests`,
    empty: `it holds no commit yet; push the first one to branch "${branch}"`,
    'not-found': `there is no such repository or no branch "${branch}", or ${token} may not see it; correct the address, ${key}.branch or the token`,
  };
  return new GitopsConfigError(
    `${key}.repository`,
    `${repository.url} cannot be read: ${cures[refusal]}`,
  );
}
