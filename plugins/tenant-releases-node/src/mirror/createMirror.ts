import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GitopsConfigError, Mirror, type GitopsConfig } from '@internal/gitops';
import { gitSignIn, type GitHostKind } from './gitSignIn';

/** What {@link createMirror} needs. */
export interface CreateMirrorOptions {
  config: Config;
  gitops: Pick<GitopsConfig, 'key' | 'repository' | 'branch'>;
  /** Absolute path of the folder that mirrors are kept in; several may use one at the same time. */
  directory: string;
  logger: Pick<LoggerService, 'debug'>;
}

/**
 * The mirror of a GitOps repository, with the credentials of Backstage's `integrations`. Nothing is read before it is asked.
 *
 * @throws GitopsConfigError when the repository's host is not in `integrations`
 */
export function createMirror(options: CreateMirrorOptions): {
  mirror: Mirror;
  hostKind: GitHostKind;
} {
  const { config, gitops, directory, logger } = options;
  const { repository, branch } = gitops;
  const signIn = gitSignIn(ScmIntegrations.fromConfig(config), repository.url);
  if (!signIn) {
    throw new GitopsConfigError(
      'integrations',
      `has no entry for host ${repository.host} of ${gitops.key}.repository; add one with its token`,
    );
  }
  const mirror = new Mirror({
    url: signIn.kind === 'azure' ? repository.url : `${repository.url}.git`,
    repository: `${repository.owner}/${repository.name}`,
    branch,
    directory,
    authorization: signIn.authorization,
    onGit: said => logger.debug(`Git: ${said}`),
  });
  return { mirror, hostKind: signIn.kind };
}
