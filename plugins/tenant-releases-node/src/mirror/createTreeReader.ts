import type { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { GitopsEntry } from '@internal/gitops';
import { createMirror } from './createMirror';
import { MirrorTreeReader } from './MirrorTreeReader';
import { readReaderConfig } from './readReaderConfig';

/** Reads folders of a GitOps repository, at the address that `treeUrl` gives. */
export type TreeReader = Pick<UrlReaderService, 'readTree'>;

/**
 * The reader of a GitOps repository that its `reader` names: a mirror, which costs no requests of the host's API, or the API.
 *
 * @throws GitopsConfigError when a setting is wrong, or the repository's host is not in `integrations`
 */
export function createTreeReader(options: {
  config: Config;
  entry: GitopsEntry;
  urlReader: UrlReaderService;
  logger: Pick<LoggerService, 'debug'>;
}): TreeReader {
  const { config, entry, urlReader, logger } = options;
  const settings = readReaderConfig(config, entry);
  if (settings.reader === 'api') return urlReader;
  const { gitops } = entry;
  const { mirror } = createMirror({ config, gitops, directory: settings.directory, logger });
  return new MirrorTreeReader(mirror, gitops);
}
