import type { Config } from '@backstage/config';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import type { GitopsConfig, SourceErrorClass } from '@internal/plugin-tenant-releases-common';
import { HttpClient } from '../upstream/HttpClient';
import { toUpstreamError } from '../upstream/UpstreamError';
import { GithubClient, type GithubApi } from './GithubClient';

/**
 * A client of the GitOps repository, with the address and the credentials of Backstage's `integrations.github`.
 *
 * @throws Error that names the key and the cure when the repository's host has no usable integration
 */
export function createGithubClient(config: Config, { repository }: GitopsConfig): GithubClient {
  const integrations = ScmIntegrations.fromConfig(config);
  const integration = integrations.github.byUrl(repository.url);
  if (!integration) {
    throw new Error(
      `Configuration tenantReleases.gitops.repository names the host ${repository.host}, which integrations.github does not have; add an entry with host, apiBaseUrl and token`,
    );
  }
  const { apiBaseUrl, token, apps } = integration.config;
  if (!apiBaseUrl) {
    throw new Error(
      `Configuration integrations.github has no apiBaseUrl for ${repository.host}; set it to the address of its API`,
    );
  }
  if (!token && !apps?.length) {
    throw new Error(
      `Configuration integrations.github has no token for ${repository.host}; set it to one that may read ${repository.owner}/${repository.name}`,
    );
  }
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const http = new HttpClient({
    baseUrl: apiBaseUrl,
    headers: async () => (await credentials.getCredentials({ url: repository.url })).headers ?? {},
  });
  return new GithubClient(http, repository);
}

/**
 * Looks at the repository once, so that a wrong address or token is said at the start and not found out later. A host
 * that does not answer now is no mistake of the configuration.
 *
 * @throws Error that names the key and the cure
 */
export async function checkRepository(
  api: GithubApi,
  { repository, branch }: GitopsConfig,
): Promise<void> {
  const cures: Partial<Record<SourceErrorClass, string>> = {
    unauthorized: 'the token of integrations.github is refused; set it to a valid one',
    forbidden: `the token of integrations.github may not read it; give it the right to read contents and pull requests`,
    'not-found': `there is no such repository or no branch "${branch}", or the token may not see it; correct the address, tenantReleases.gitops.branch or the token`,
  };
  try {
    await api.head(branch);
  } catch (error) {
    const cure = cures[toUpstreamError(error).errorClass];
    if (cure) {
      throw new Error(
        `Configuration tenantReleases.gitops.repository ${repository.url} cannot be read: ${cure}`,
      );
    }
  }
}
