import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  type ScmIntegrationRegistry,
} from '@backstage/integration';

/** Kinds of hosts of Backstage's `integrations`, as far as repositories are read there. */
export type GitHostKind =
  | 'github'
  | 'gitlab'
  | 'gitea'
  | 'bitbucketCloud'
  | 'bitbucketServer'
  | 'azure';

/** How Git signs in at a host of Backstage's `integrations`. */
export interface GitSignIn {
  kind: GitHostKind;
  /** Value of the header `Authorization`; undefined where there are no credentials. Tokens of apps are made when it is asked for. */
  authorization(): Promise<string | undefined>;
}

/**
 * The way in to a repository, by the entry of `integrations` for its host.
 *
 * @returns undefined when there is none of a kind that Git can sign in at
 */
export function gitSignIn(
  integrations: ScmIntegrationRegistry,
  url: string,
): GitSignIn | undefined {
  const github = integrations.github.byUrl(url);
  if (github) {
    const provider = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    return {
      kind: 'github',
      // https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
      authorization: async () =>
        basic('x-access-token', (await provider.getCredentials({ url })).token),
    };
  }
  const gitlab = integrations.gitlab.byUrl(url);
  if (gitlab) {
    const provider = DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
    // https://docs.gitlab.com/user/profile/personal_access_tokens/#clone-repository-using-personal-access-token
    const authorization = async () =>
      basic('oauth2', (await provider.getCredentials({ url })).token);
    return { kind: 'gitlab', authorization };
  }
  const azure = integrations.azure.byUrl(url);
  if (azure) {
    const provider = DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
    const authorization = async () =>
      (await provider.getCredentials({ url }))?.headers.Authorization;
    return { kind: 'azure', authorization };
  }
  const gitea = integrations.gitea.byUrl(url)?.config;
  // https://docs.gitea.com/development/api-usage#authentication
  if (gitea) return known('gitea', basic(gitea.username ?? 'token', gitea.password));
  const cloud = integrations.bitbucketCloud.byUrl(url)?.config;
  if (cloud) {
    const { username = 'x-token-auth', appPassword, token } = cloud;
    // https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/
    const value = token ? basic('x-bitbucket-api-token-auth', token) : basic(username, appPassword);
    return known('bitbucketCloud', value);
  }
  const server = integrations.bitbucketServer.byUrl(url)?.config;
  if (server) {
    const { username = '', password, token } = server;
    // https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html
    return known('bitbucketServer', token ? `Bearer ${token}` : basic(username, password));
  }
  return undefined;
}

function known(kind: GitHostKind, value: string | undefined): GitSignIn {
  return { kind, authorization: async () => value };
}

/** https://www.rfc-editor.org/rfc/rfc7617 */
function basic(user: string, password: string | undefined): string | undefined {
  if (!password) return undefined;
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
