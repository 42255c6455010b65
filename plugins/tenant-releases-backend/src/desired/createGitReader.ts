import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { GithubApi, GithubReader, GitopsConfig } from '@internal/gitops';
import type { ReaderConfig } from '@internal/plugin-tenant-releases-node';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { checkRepository, createGithubClient, mayHoldFor } from './createGithubClient';
import type { ReaderKind } from './gitReport';
import { openMirror } from './mirror/openMirror';

/** What {@link createGitReader} needs. */
export interface GitReaderOptions {
  config: Config;
  gitops: GitopsConfig;
  settings: ReaderConfig;
  /** Folders that matter besides the tenant files and the policy. */
  folders: readonly string[];
  /** See openMirror. */
  isLogged?(path: string): boolean;
  logger: LoggerService;
}

/** A reader of the GitOps repository. */
export interface GitReader {
  kind: ReaderKind;
  api: GithubApi;
  /** Client of the host's API, for what Git does not know; absent where that API is not spoken. */
  host?: GithubReader;
  /** Absolute path of the file that what was read is kept in for the next start; absent where nothing is kept. */
  keptFile?: string;
  /** @throws Error that names the key and the cure when the repository cannot be read as it is configured */
  check(): Promise<void>;
  close(): void;
}

/**
 * The reader of the GitOps repository that `tenantReleases.gitops.reader` names.
 *
 * @throws Error that names the key and the cure when a setting is wrong, or the repository's host has no usable integration
 */
export function createGitReader(options: GitReaderOptions): GitReader {
  const { config, gitops, settings, folders, logger, isLogged } = options;
  const isGithub = ScmIntegrations.fromConfig(config).github.byUrl(gitops.repository.url);
  if (settings.reader === 'api') {
    const api = createGithubClient(config, gitops, folders);
    return {
      kind: 'api',
      api,
      host: api,
      check: () => checkRepository(api, gitops),
      close: () => {},
    };
  }
  const host = isGithub && createGithubClient(config, gitops, folders);
  const api = openMirror({
    config,
    gitops,
    logger,
    directory: settings.directory,
    mayHold: mayHoldFor(gitops, folders),
    ...(isLogged ? { isLogged } : {}),
    ...(host ? { host } : {}),
  });
  return {
    kind: 'mirror',
    api,
    ...(host ? { host } : {}),
    keptFile: path.join(settings.directory, `read-${idOf(gitops)}.json`),
    // The first reading may take minutes; the start does not wait for it.
    check: () => checkRepository({ head: () => api.check() }, gitops),
    close: () => api.close(),
  };
}

/** Portals may share a folder. */
function idOf({ repository, branch }: GitopsConfig): string {
  const name = `${repository.url}\n${branch}`;
  return createHash('sha256').update(name).digest('hex').slice(0, 12);
}
