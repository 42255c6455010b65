import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Mirror, GitopsConfigError, type GitopsConfig } from '@internal/gitops';
import { gitSignIn } from './gitAuthorization';
import { MirroredRepository, type PullRequestHost } from './MirroredRepository';

/** What {@link openMirror} needs. */
export interface OpenMirrorOptions {
  config: Config;
  gitops: GitopsConfig;
  /** Absolute path of the folder that mirrors are kept in. */
  directory: string;
  logger: LoggerService;
  host?: PullRequestHost;
  mayHold(folder: string): boolean;
  /** See {@link MirroredRepositoryOptions.isLogged}. */
  isLogged?(path: string): boolean;
}

/**
 * The mirror of the GitOps repository, with the credentials of Backstage's `integrations`. Nothing is read before it is asked.
 *
 * @throws GitopsConfigError when the repository's host is not in `integrations`
 */
export function openMirror(options: OpenMirrorOptions): MirroredRepository {
  const { config, gitops, directory, logger, host, mayHold, isLogged } = options;
  const { repository, branch } = gitops;
  const signIn = gitSignIn(ScmIntegrations.fromConfig(config), repository.url);
  if (!signIn) {
    throw new GitopsConfigError(
      'integrations',
      `has no entry for host ${repository.host} of ${gitops.key}.repository; add one with its token`,
    );
  }
  logger.info(`The GitOps repository is mirrored in ${directory}`);
  const mirror = new Mirror({
    url: signIn.kind === 'azure' ? repository.url : `${repository.url}.git`,
    repository: `${repository.owner}/${repository.name}`,
    branch,
    directory,
    authorization: signIn.authorization,
    onGit: said => logger.debug(`Git: ${said}`),
  });
  return new MirroredRepository({
    mirror,
    gitops,
    mayHold,
    ...(isLogged ? { isLogged } : {}),
    hostKind: signIn.kind,
    ...(host ? { host } : {}),
  });
}
