import type { GitopsConfig } from './gitopsConfig';
import { GitopsConfigError } from './GitopsConfigError';

/** The entry of `integrations.github` for the repository's host, as @backstage/integration reads it. */
export interface GithubIntegrationLike {
  host: string;
  token?: string;
  apps?: unknown[];
}

/**
 * Makes sure that the repository's host is configured with a way to sign in.
 *
 * @throws GitopsConfigError
 */
export function requireGithubIntegration(
  gitops: GitopsConfig,
  integration: GithubIntegrationLike | undefined,
): void {
  const { host, url } = gitops.repository;
  if (!integration) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no entry for host ${host} of tenantReleases.gitops.repository; add one with apiBaseUrl and token`,
    );
  }
  if (!integration.token && !integration.apps?.length) {
    throw new GitopsConfigError(
      'integrations.github',
      `has no token for host ${host}; set one that may read ${url} and open pull requests there`,
    );
  }
}
