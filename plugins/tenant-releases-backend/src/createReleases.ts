import type {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { Layout } from '@internal/gitops';
import { findHelm } from '@internal/plugin-tenant-releases-node';
import { readPluginConfig } from './config/readPluginConfig';
import { createServiceRepositories } from './desired/createGithubClient';
import { createGitReader } from './desired/createGitReader';
import { DesiredIndex } from './desired/DesiredIndex';
import { maySayVersions } from './desired/layout/HeadContents';
import { FolderContents } from './desired/FolderContents';
import { GitContents } from './desired/GitContents';
import { subscribeToPushes } from './desired/subscribeToPushes';
import { ChartRenderer } from './diff/ChartRenderer';
import { DiffService } from './diff/DiffService';
import { isChartFile, tenantCharts } from './diff/tenantCharts';
import { argocdRoutes } from './http/argocdRoutes';
import { clusterRoutes } from './http/clusterRoutes';
import { diffRoutes } from './http/diffRoutes';
import { eventRoutes } from './http/eventRoutes';
import { pendingRoutes } from './http/pendingRoutes';
import { releaseRoutes } from './http/releaseRoutes';
import { resourceRoutes } from './http/resourceRoutes';
import type { Route } from './http/Route';
import { serviceRoutes } from './http/serviceRoutes';
import { sourceReportRoutes } from './http/sourceReportRoutes';
import { sourceRoutes } from './http/sourceRoutes';
import { telemetryRoutes } from './http/telemetryRoutes';
import { PendingIndex } from './pending/PendingIndex';
import { PullReader } from './pending/PullReader';
import { subscribeToPulls } from './pending/subscribeToPulls';
import { registerPermissions } from './permissions/registerPermissions';
import { ReleaseAccess } from './permissions/ReleaseAccess';
import { ServiceAccess } from './permissions/ServiceAccess';
import { ServiceOwners } from './permissions/ServiceOwners';
import { Broadcaster } from './releases/Broadcaster';
import { DeployedLookup } from './releases/DeployedLookup';
import { HistoryService } from './releases/HistoryService';
import { misconfigured } from './releases/misconfigured';
import { ReleaseBoard } from './releases/ReleaseBoard';
import { TenantResources } from './releases/TenantResources';
import { imageHint } from './running/imageHint';
import { commonSelector, defaultSelector, parseSelector } from './running/labelSelector';
import { KubernetesClient } from './running/KubernetesClient';
import { PodWatch } from './running/PodWatch';
import { RunningIndex } from './running/RunningIndex';
import { CommitComparer } from './services/CommitComparer';
import { VersionMetrics } from './services/VersionMetrics';
import { ServingIndex } from './serving/ServingIndex';
import { SourceReports } from './sources/SourceReports';
import { ApplicationWatch } from './sync/ApplicationWatch';
import { ArgocdClient } from './sync/ArgocdClient';
import { repositoryMatcher } from './sync/repositoryAddress';
import { ResourceService } from './sync/ResourceService';
import { SyncIndex } from './sync/SyncIndex';
import { TelemetryService } from './telemetry/TelemetryService';
import { VersionCommits } from './versions/VersionCommits';

/** Services of the backend that the plugin is made of. */
export interface ReleasesOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}

/** The plugin's parts, put together. */
export interface Releases {
  routes: Route[];
  /** @throws Error that names the key and the cure when the GitOps repository cannot be read */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Puts the plugin together from the configuration.
 *
 * @throws Error that names the key and the cure when a required part is missing or wrong
 */
export function createReleases(options: ReleasesOptions): Releases {
  const { auth, catalog, config, events, logger, permissions, permissionsRegistry } = options;
  const settings = readPluginConfig(config);
  const { gitops, service } = settings;
  const { layouts } = settings;
  const chartFolders = tenantCharts.map(({ path }) => path);
  const reader = createGitReader({
    config,
    gitops,
    folders: chartFolders,
    ...(layouts ? { isLogged: maySayVersions } : {}),
    logger,
  });
  const { api, host, keptFile } = reader;
  const desired = new DesiredIndex({
    api,
    gitops,
    service,
    reader: reader.kind,
    ...(layouts ? { layouts: { layouts, findHelm: () => helmAt(settings.helmPath) } } : {}),
    logger,
    keptFile,
  });
  const lookup = layouts && new DeployedLookup(desired);
  const selectors = layouts?.map(layoutSelector);
  const applicationSelectors = layouts?.flatMap(applicationSelector);
  const sync = new SyncIndex(
    settings.argocd.map(
      instance =>
        new ApplicationWatch({
          name: instance.name,
          api: new ArgocdClient(instance),
          logger,
          isGitops: repositoryMatcher(gitops.addresses),
          tenantOfFile: path => gitops.matchTenantFile(path)?.tenant,
          ...(lookup ? { tenantsOf: reading => lookup.tenantsOf(reading) } : {}),
          ...(applicationSelectors ? { selectors: applicationSelectors } : {}),
        }),
    ),
  );
  const labels = settings.podLabels;
  const running = new RunningIndex(
    settings.kubernetes.map(
      cluster =>
        new PodWatch({
          name: cluster.name,
          api: new KubernetesClient(
            cluster,
            selectors ? commonSelector(selectors) : labels.service,
          ),
          logger,
          labels,
          ...(selectors ? { selectors } : {}),
        }),
    ),
    (tenant, name) => imageHint(desired.get(tenant, name)),
    lookup && (placed => lookup.tenantsAt(placed)),
  );
  const telemetry = new TelemetryService(settings.telemetry, logger);
  const serving = new ServingIndex(settings.telemetry, settings.serving, logger);
  const folders = new FolderContents(api);
  const commits = new VersionCommits(
    createServiceRepositories(config, settings.repositories, message => logger.warn(message)),
    logger,
  );
  const board = new ReleaseBoard({
    config: settings,
    desired,
    sync,
    running,
    serving,
    commits,
    folders,
    ...(lookup ? { lookup } : {}),
    logger,
  });
  const history = new HistoryService({ desired, sync, running, commits, board });
  const contents = new GitContents(api, isChartFile);
  const diffs = new DiffService({
    desired,
    contents,
    renderer: new ChartRenderer(contents),
    findHelm: () => findHelm(settings.helmPath),
  });
  // Branches of pull requests are not in a mirror.
  const pending =
    host &&
    new PendingIndex({
      pulls: new PullReader(host, gitops.branch),
      git: host,
      gitops,
      service,
      logger,
    });
  const broadcaster = new Broadcaster(
    [desired, sync, running, serving, commits, board].map(({ changes }) => changes),
    new TenantResources(board),
  );
  telemetry.onChange(() => broadcaster.announce('all'));

  const owners = new ServiceOwners({ auth, catalog });
  registerPermissions(permissionsRegistry, board, owners);
  const access = new ReleaseAccess(permissions, permissionsRegistry);
  const sources = (): SourceStatus[] => [
    ...board.sources(),
    ...telemetry.statuses(),
    ...misconfigured(settings).filter(({ kind }) => kind === 'prometheus' || kind === 'loki'),
  ];
  const reports = new SourceReports({ sources, board, desired, sync, running, telemetry });
  const parts = [desired, sync, running, telemetry, serving, ...(pending ? [pending] : [])];
  let endOfHints = () => {};

  return {
    routes: [
      ...releaseRoutes({ board, history, desired, access }),
      ...diffRoutes({ board, access, diffs }),
      ...resourceRoutes({
        board,
        access,
        resources: new ResourceService({ sync, running, board }),
      }),
      ...telemetryRoutes({ board, history, telemetry, access }),
      ...serviceRoutes({
        board,
        desired,
        access,
        services: new ServiceAccess(permissions, permissionsRegistry, owners),
        metrics: new VersionMetrics(settings.telemetry),
        commits: new CommitComparer(config, settings.repositories),
        minRequests: settings.serving.minRequests,
      }),
      ...argocdRoutes({ board, history, sync, access, instances: settings.argocd }),
      ...pendingRoutes({ pending, access }),
      ...clusterRoutes({
        configured: settings.kubernetes.map(({ name }) => name),
        board,
        access,
      }),
      ...sourceRoutes({ sources, leftOut: () => board.leftOut(), board, access }),
      ...sourceReportRoutes({ reports, access }),
      ...eventRoutes({ broadcaster, access }),
    ],
    async start() {
      for (const { message } of settings.problems) logger.warn(`Left out: ${message}`);
      for (const message of settings.warnings) logger.warn(`Left out: ${message}`);
      await reader.check();
      await subscribeToPushes(events, { gitops, api }, () => desired.refresh());
      await subscribeToPulls(events, () => pending?.refresh());
      // One host: when the tenant files cannot be read, or can again, the pull requests are looked at too, and not at the next poll.
      endOfHints = desired.changes.subscribe(tenants => pending?.onChange(tenants));
      parts.forEach(part => part.start());
    },
    async stop() {
      endOfHints();
      board.stop();
      const stopped = Promise.all(parts.map(part => part.stop()));
      // A reading that runs would be waited for.
      reader.close();
      await stopped;
    },
  };
}

/** The labels of the pods of a layout's releases. */
function layoutSelector({ settings }: Layout) {
  return parseSelector(settings.pods?.labelSelector ?? defaultSelector);
}

/** The labels of the Applications of a layout's releases, where it names some. */
function applicationSelector({ settings: { applications } }: Layout) {
  return applications?.labelSelector ? [parseSelector(applications.labelSelector)] : [];
}

/** Without helm, charts are judged by their text. */
async function helmAt(configured: string | undefined): Promise<string | undefined> {
  const found = await findHelm(configured);
  return 'path' in found ? found.path : undefined;
}
