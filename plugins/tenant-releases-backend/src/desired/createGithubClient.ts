import type { Config } from '@backstage/config';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import {
  requireGithubIntegration,
  unreadableRepository,
  type GitopsConfig,
  type RepositoryAddress,
  type RepositoryRefusal,
  HttpClient,
  toUpstreamError,
} from '@internal/gitops';
import { ServiceRepository } from '../versions/ServiceRepository';
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
  const { rest, graphql } = githubClients(integrations, repository.url, integration.apiBaseUrl);
  return new GithubClient(rest, repository, graphql, mayHoldFor(gitops, folders));
}

/** Clients of a host's REST API and of the address that its `/graphql` is below, with the credentials for a repository. */
function githubClients(integrations: ScmIntegrations, url: string, apiBaseUrl: string) {
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const clientOf = (baseUrl: string) =>
    new HttpClient({
      baseUrl,
      followsRedirects: true,
      untoldRetryAfter,
      headers: async () => (await credentials.getCredentials({ url })).headers ?? {},
    });
  return {
    rest: clientOf(apiBaseUrl),
    // https://api.github.com/graphql, but https://ghe.example.com/api/graphql beside /api/v3.
    graphql: clientOf(apiBaseUrl.replace(/\/v3\/?$/, '')),
  };
}

/** A client of the REST API of a repository's host; undefined where `integrations.github` does not know the host. */
export function createRestClient(config: Config, url: string): HttpClient | undefined {
  const integrations = ScmIntegrations.fromConfig(config);
  const apiBaseUrl = integrations.github.byUrl(url)?.config.apiBaseUrl;
  return apiBaseUrl === undefined ? undefined : githubClients(integrations, url, apiBaseUrl).rest;
}

/**
 * The repositories of services, by the service's name.
 *
 * @param onProblem - told of one that cannot be read, with the key and the cure; it is left out
 */
export function createServiceRepositories(
  config: Config,
  repositories: ReadonlyMap<string, RepositoryAddress>,
  onProblem: (message: string) => void,
): Map<string, ServiceRepository> {
  const integrations = ScmIntegrations.fromConfig(config);
  const found = new Map<string, ServiceRepository>();
  for (const [service, repository] of repositories) {
    const integration = integrations.github.byUrl(repository.url)?.config;
    if (integration?.apiBaseUrl && (integration.token || integration.apps?.length)) {
      const { graphql } = githubClients(integrations, repository.url, integration.apiBaseUrl);
      found.set(service, new ServiceRepository(graphql, repository));
    } else {
      onProblem(
        `integrations.github has no entry with apiBaseUrl and token for host ${repository.host} of tenantReleases.services "${service}"; add one, or its commits are not shown`,
      );
    }
  }
  return found;
}

/**
 * Whether a folder, or one below it, may hold a file that is read.
 *
 * @param folders - that matter besides the tenant files and the policy
 */
export function mayHoldFor(gitops: GitopsConfig, folders: readonly string[]) {
  return (folder: string): boolean =>
    gitops.mayHoldTenantFiles(folder) ||
    gitops.policyPath.startsWith(`${folder}/`) ||
    folders.some(one => `${one}/`.startsWith(`${folder}/`) || folder.startsWith(`${one}/`));
}

/**
 * Looks at the repository once, so that a wrong address or token is said at the start and not found out later. A host
 * that does not answer now is no mistake of the configuration.
 *
 * @throws Error that names the key and the cure
 */
export async function checkRepository(
  api: Pick<GithubApi, 'head'>,
  gitops: GitopsConfig,
): Promise<void> {
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
