import type { Config } from '@backstage/config';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import {
  requireGithubIntegration,
  unreadableRepository,
  type GitopsConfig,
  type RepositoryRefusal,
} from '@internal/plugin-tenant-releases-common';
import { HttpClient } from '../upstream/HttpClient';
import { toUpstreamError } from '../upstream/UpstreamError';
import type { GithubApi } from './GithubApi';
import { GithubClient } from './GithubClient';

/**
 * Seconds. Who goes on asking GitHub sooner is barred.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
const untoldRetryAfter = 60;

/**
 * A client of the GitOps repository, with the address and the credentials of Backstage's `integrations.github`.
 *
 * @param folders - that matter besides the tenant files and the policy
 * @throws Error that names the key and the cure when the repository's host has no usable integration
 */
export function createGithubClient(
  config: Config,
  gitops: GitopsConfig,
  folders: readonly string[] = [],
): GithubClient {
  const { repository } = gitops;
  const integrations = ScmIntegrations.fromConfig(config);
  const integration = integrations.github.byUrl(repository.url)?.config;
  requireGithubIntegration(gitops, integration);
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const clientOf = (baseUrl: string) =>
    new HttpClient({
      baseUrl,
      followsRedirects: true,
      untoldRetryAfter,
      headers: async () =>
        (await credentials.getCredentials({ url: repository.url })).headers ?? {},
    });
  // https://api.github.com/graphql, but https://ghe.example.com/api/graphql beside /api/v3.
  const graphql = clientOf(integration.apiBaseUrl.replace(/\/v3\/?$/, ''));
  const rest = clientOf(integration.apiBaseUrl);
  const mayHold = (folder: string) =>
    gitops.mayHoldTenantFiles(folder) ||
    gitops.policyPath.startsWith(`${folder}/`) ||
    folders.some(one => `${one}/`.startsWith(`${folder}/`) || folder.startsWith(`${one}/`));
  return new GithubClient(rest, repository, graphql, mayHold);
}

/**
 * Looks at the repository once, so that a wrong address or token is said at the start and not found out later. A host
 * that does not answer now is no mistake of the configuration.
 *
 * @throws Error that names the key and the cure
 */
export async function checkRepository(api: GithubApi, gitops: GitopsConfig): Promise<void> {
  try {
    await api.head(gitops.branch);
  } catch (error) {
    const { errorClass, refusal } = toUpstreamError(error);
    if (refusal?.status === 409) throw unreadableRepository(gitops, 'empty');
    if (isRefusal(errorClass)) throw unreadableRepository(gitops, errorClass);
  }
}

function isRefusal(errorClass: string): errorClass is RepositoryRefusal {
  return ['unauthorized', 'forbidden', 'not-found'].includes(errorClass);
}
