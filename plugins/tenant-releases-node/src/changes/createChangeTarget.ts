import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { DefaultGithubCredentialsProvider, ScmIntegrations } from '@backstage/integration';
import {
  GithubRepository,
  type GitopsConfig,
  type GitPerson,
  type Mirror,
  type ProposalTarget,
  type SigningKey,
} from '@internal/gitops';
import { createMirror } from '../mirror/createMirror';

/** What {@link createChangeTarget} needs. */
export interface ChangeTargetOptions {
  config: Config;
  gitops: GitopsConfig;
  /** Absolute path of the folder that mirrors are kept in. */
  directory: string;
  logger: Pick<LoggerService, 'debug'>;
}

/** A GitOps repository that changes are proposed to. */
export interface ChangeTarget {
  mirror: Mirror;
  /**
   * The repository as it is now.
   *
   * @param author - absent where nobody knows the person's address: then the portal is the author too
   * @throws GitFault
   */
  open(author: GitPerson | undefined): Promise<ProposalTarget>;
}

/** Waits for the host's limits that somebody who sits before a page bears. Seconds. */
const patience = 15;

/**
 * The way to propose changes to a GitOps repository: commits by Git, pull requests by the API of its host.
 *
 * @returns a problem, for people, where its host's pull requests cannot be opened
 * @throws GitopsConfigError when the repository's host is not in `integrations`
 */
export function createChangeTarget(
  options: ChangeTargetOptions,
): ChangeTarget | { problem: string } {
  const { config, gitops } = options;
  const { url, host, owner, name } = gitops.repository;
  const integrations = ScmIntegrations.fromConfig(config);
  const apiUrl = integrations.github.byUrl(url)?.config.apiBaseUrl;
  if (!apiUrl) {
    return {
      problem: `Pull requests are opened by GitHub's API alone, and integrations.github has no entry with apiBaseUrl for ${host}`,
    };
  }
  const credentials = DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const pulls = new GithubRepository(
    { owner, repo: name },
    {
      apiUrl,
      headers: async () => (await credentials.getCredentials({ url })).headers ?? {},
      // The pauses are GitHub's; a host that is reached without TLS is on this machine.
      throttle: apiUrl.startsWith('https:'),
      patience,
    },
  );
  const { mirror } = createMirror(options);
  const { committer, signing } = readCommitConfig(config);
  return {
    mirror,
    async open(author = committer) {
      const head = await mirror.fetch();
      return {
        mirror,
        pulls,
        base: gitops.branch,
        head,
        author,
        committer,
        ...(signing ? { signing } : {}),
      };
    },
  };
}

/** Who commits, and the key that it is signed with: see config.d.ts. */
function readCommitConfig(config: Config): { committer: GitPerson; signing?: SigningKey } {
  const settings = config.getOptionalConfig('tenantReleases.commits');
  const { hostname } = new URL(config.getOptionalString('app.baseUrl') ?? 'http://localhost');
  const committer = {
    name: settings?.getOptionalString('name') ?? config.getOptionalString('app.title') ?? 'Portal',
    email: settings?.getOptionalString('email') ?? `portal@${hostname}`,
  };
  const key = settings?.getOptionalString('signing.key');
  if (key === undefined) return { committer };
  const format = settings?.getOptionalString('signing.format') ?? 'ssh';
  if (format !== 'ssh' && format !== 'openpgp') {
    throw new Error('tenantReleases.commits.signing.format must be ssh or openpgp');
  }
  return { committer, signing: { format, key } };
}
