import type { Config } from '@backstage/config';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import {
  requireGithubIntegration,
  unreadableRepository,
  type GitopsConfig,
  type RepositoryAddress,
  type RepositoryRefusal,
  toUpstreamError,
  ServiceRepository,
  type GithubApi,
  GithubClient,
  GithubReader,
} from '@internal/gitops';

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
): GithubReader {
  const { repository } = gitops;
  const integration = ScmIntegrations.fromConfig(config).github.byUrl(repository.url)?.config;
  requireGithubIntegration(gitops, integration);
  const client = githubClientOf(config, repository.url)!;
  return new GithubReader(client, repository, mayHoldFor(gitops, folders));
}

/**
 * A client of a repository's host, with the credentials for the repository: those of one host may differ, as the
 * installations of a GitHub App do. Undefined where `integrations.github` does not know the host, or not its API.
 */
export function githubClientOf(config: Config, url: string): GithubClient | undefined {
  const integrations = ScmIntegrations.fromConfig(config);
  const apiUrl = integrations.github.byUrl(url)?.config.apiBaseUrl;
  if (!apiUrl) return undefined;
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const headers = async () => (await credentials.getCredentials({ url })).headers ?? {};
  return new GithubClient({ apiUrl, headers, untoldRetryAfter });
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
    const client = githubClientOf(config, repository.url);
    if (client && (integration?.token || integration?.apps?.length)) {
      found.set(service, new ServiceRepository(client, repository));
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
