import type { Config } from '@backstage/config';
import { GitopsConfigError, type GitopsEntry } from '@internal/gitops';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** How the GitOps repository is read. */
export interface ReaderConfig {
  /** By the host's API, request by request; or by Git, from a mirror. */
  reader: 'api' | 'mirror';
  /** Absolute path of the folder that mirrors are kept in; changes are committed by Git with either reader. */
  directory: string;
}

const folder = 'tenant-releases-mirrors';

/**
 * Reads `reader` and `mirrorDirectory` of a repository.
 *
 * @throws GitopsConfigError
 */
export function readReaderConfig(
  config: Config,
  {
    gitops: { key: root },
    settings,
    isOwn,
  }: Omit<GitopsEntry, 'gitops'> & { gitops: { key: string } },
): ReaderConfig {
  const reader = settings.getOptional(`${root}.reader`) ?? (isOwn ? 'api' : 'mirror');
  if (reader !== 'mirror' && reader !== 'api') {
    throw new GitopsConfigError(`${root}.reader`, 'is not known; set it to mirror or api');
  }
  return {
    reader,
    directory: directoryOf(config, settings.getOptional(`${root}.mirrorDirectory`), root),
  };
}

/** Backstage has no folder for data that stays: the one that it works in, else the system's for temporary files, by user. */
function directoryOf(config: Config, directory: unknown, root: string): string {
  if (directory !== undefined) {
    if (typeof directory === 'string' && path.isAbsolute(directory)) return directory;
    throw new GitopsConfigError(
      `${root}.mirrorDirectory`,
      'must be the absolute path of a folder, for example /var/lib/backstage/mirrors',
    );
  }
  const working = config.getOptionalString('backend.workingDirectory');
  return working
    ? path.resolve(working, folder)
    : path.join(tmpdir(), `${folder}-${userInfo().uid}`);
}
