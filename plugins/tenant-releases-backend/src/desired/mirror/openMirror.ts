import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { GitopsConfig, MergedPulls } from '@internal/gitops';
import { createMirror } from '@internal/plugin-tenant-releases-node';
import { MirroredRepository } from './MirroredRepository';

/** What {@link openMirror} needs. */
export interface OpenMirrorOptions {
  config: Config;
  gitops: GitopsConfig;
  /** Absolute path of the folder that mirrors are kept in. */
  directory: string;
  logger: LoggerService;
  host?: MergedPulls;
  mayHold(folder: string): boolean;
  /** See {@link MirroredRepositoryOptions.isLogged}. */
  isLogged?(path: string): boolean;
}

/**
 * The GitOps repository as its mirror has it. Nothing is read before it is asked.
 *
 * @throws GitopsConfigError when the repository's host is not in `integrations`
 */
export function openMirror(options: OpenMirrorOptions): MirroredRepository {
  const { config, gitops, directory, logger, host, mayHold, isLogged } = options;
  const { mirror, hostKind } = createMirror({ config, gitops, directory, logger });
  logger.info(`The GitOps repository is mirrored in ${directory}`);
  return new MirroredRepository({
    mirror,
    gitops,
    mayHold,
    ...(isLogged ? { isLogged } : {}),
    hostKind,
    ...(host ? { host } : {}),
  });
}
