import type { Config } from '@backstage/config';
import { GitopsConfigError } from '@internal/gitops';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** How the GitOps repository is read. */
export type ReaderConfig =
  /** By the host's API, request by request. */
  | { reader: 'api' }
  /** By Git, from a mirror in this folder. */
  | { reader: 'mirror'; directory: string };

const root = 'tenantReleases.gitops';
const folder = 'tenant-releases-mirrors';

/**
 * Reads `tenantReleases.gitops.reader` and `mirrorDirectory`.
 *
 * @throws GitopsConfigError
 */
export function readReaderConfig(config: Config): ReaderConfig {
  const reader =
    config.getOptional(`${root}.reader`) ?? (config.has(`${root}.layouts`) ? 'mirror' : 'api');
  if (reader === 'api') return { reader };
  if (reader !== 'mirror') {
    throw new GitopsConfigError(`${root}.reader`, 'is not known; set it to mirror or api');
  }
  return { reader, directory: directoryOf(config) };
}

/** Backstage has no folder for data that stays: the one that it works in, else the system's for temporary files, by user. */
function directoryOf(config: Config): string {
  const key = `${root}.mirrorDirectory`;
  const directory = config.getOptional(key);
  if (directory !== undefined) {
    if (typeof directory === 'string' && path.isAbsolute(directory)) return directory;
    throw new GitopsConfigError(
      key,
      'must be the absolute path of a folder, for example /var/lib/backstage/mirrors',
    );
  }
  const working = config.getOptionalString('backend.workingDirectory');
  return working
    ? path.resolve(working, folder)
    : path.join(tmpdir(), `${folder}-${userInfo().uid}`);
}
