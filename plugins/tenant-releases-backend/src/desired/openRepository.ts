import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { findProgram, mayBeRead } from '@internal/gitops';
import { createChangeTarget, findHelm } from '@internal/plugin-tenant-releases-node';
import { ChangeRepository } from '../changes/ChangeRepository';
import type { GitopsSource } from '../config/gitopsSources';
import { ChartRenderer } from '../diff/ChartRenderer';
import { DiffService } from '../diff/DiffService';
import { ReleaseRenderer } from '../diff/ReleaseRenderer';
import { isChartFile, tenantCharts } from '../diff/tenantCharts';
import { createGitReader, type GitReader } from './createGitReader';
import { DesiredIndex } from './DesiredIndex';
import { FolderContents } from './FolderContents';
import { CatalogFacts } from './layout/CatalogFacts';
import { GitContents } from './GitContents';

/** One GitOps repository with all that is read of it. */
export interface OpenRepository {
  source: GitopsSource;
  reader: GitReader;
  index: DesiredIndex;
  folders: FolderContents;
  diffs: DiffService;
  /** Where it can be changed; else why not, for people. */
  changes: ChangeRepository | { problem: string };
}

/**
 * Puts together what reads a repository. Nothing is read yet.
 *
 * @throws Error that names the key and the cure when its host has no usable integration
 */
export function openRepository(options: {
  source: GitopsSource;
  /** Whether there is no other one. */
  isAlone: boolean;
  config: Config;
  settings: { service: string; helmPath?: string; kubectlPath?: string };
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
}): OpenRepository {
  const { source, isAlone, config, settings, auth, catalog, logger } = options;
  const { id, name, gitops, layouts } = source;
  const { service, helmPath, kubectlPath } = settings;
  const reader = createGitReader({
    config,
    gitops,
    settings: source.reader,
    folders: tenantCharts.map(({ path }) => path),
    ...(layouts ? { isLogged: mayBeRead } : {}),
    logger,
  });
  const { api, keptFile } = reader;
  const facts = layouts && new CatalogFacts(layouts, { auth, catalog, logger });
  const index = new DesiredIndex({
    api,
    gitops,
    service,
    ...(layouts
      ? {
          layouts: {
            layouts,
            findHelm: () => helmAt(helmPath),
            ...(facts ? { facts } : {}),
          },
        }
      : {}),
    logger,
    reader: reader.kind,
    keptFile,
    ...(isAlone ? {} : { source: { id, name } }),
  });
  const contents = new GitContents(api, isChartFile);
  const diffs = new DiffService({
    desired: index,
    contents,
    renderer: new ChartRenderer(contents),
    ...(layouts
      ? {
          releases: new ReleaseRenderer({
            api,
            gitops,
            layouts,
            findTools: async () => {
              const helm = await helmAt(helmPath);
              const kubectl = kubectlPath ?? (await findProgram('kubectl', process.env.PATH ?? ''));
              return { ...(helm ? { helm } : {}), ...(kubectl ? { kubectl } : {}) };
            },
          }),
        }
      : {}),
    findHelm: () => findHelm(helmPath),
  });
  const target = createChangeTarget({ config, gitops, directory: source.reader.directory, logger });
  const changes =
    'problem' in target
      ? target
      : new ChangeRepository({
          source,
          target,
          entries: () => index.entries(),
          ...(facts ? { facts } : {}),
          findHelm: () => helmAt(helmPath),
        });
  return { source, reader, index, folders: new FolderContents(api), diffs, changes };
}

/**
 * Looks at each repository once. One that cannot be read as it is configured stops the start; of several, only all of them
 * do: what the others hold is true without it, and its source says what is wrong.
 *
 * @throws Error that names the key and the cure
 */
export async function checkAll(
  repositories: readonly Pick<OpenRepository, 'reader'>[],
  logger: Pick<LoggerService, 'warn'>,
): Promise<void> {
  const checks = await Promise.allSettled(repositories.map(({ reader }) => reader.check()));
  const errors = checks.flatMap(one => (one.status === 'rejected' ? [one.reason] : []));
  if (errors.length === repositories.length) throw errors[0];
  for (const error of errors) {
    logger.warn(error instanceof Error ? error.message : String(error));
  }
}

/** Without helm, charts are judged by their text. */
async function helmAt(configured: string | undefined): Promise<string | undefined> {
  const found = await findHelm(configured);
  return 'path' in found ? found.path : undefined;
}
