import type { GitopsConfig } from './gitopsConfig';
import { GitopsConfigError } from './GitopsConfigError';

/** The entry of `integrations.github` for the repository's host, as @backstage/integration reads it. */
export interface GithubIntegrationLike {
  host: string;
  apiBaseUrl?: string;
  token?: string;
  apps?: unknown[];
}

/**
 * Makes sure that the repository's host is configured with an API and a way to sign in.
 *
 * @throws GitopsConfigError
 */
export function requireGithubIntegration<T extends GithubIntegrationLike>(
  gitops: GitopsConfig,
  integration: T | undefined,
): asserts integration is T & { apiBaseUrl: string } {
  const { host, url } = gitops.repository;
  if (!integration) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no entry for host ${host} of ${gitops.key}.repository; add one with apiBaseUrl and token if that is GitHub or GitHub Enterprise, the only hosts that are supported`,
    );
  }
  if (!integration.apiBaseUrl) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no apiBaseUrl for host ${host}; set it to the address of its API`,
    );
  }
  if (!integration.token && !integration.apps?.length) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no token for host ${host}; set one that may read ${url} and open pull requests there`,
    );
  }
}
