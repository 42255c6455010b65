import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { ImageRegistry, type Layout, PullReader } from '@internal/gitops';
import { ChangeAccess } from './changes/ChangeAccess';
import { ChangeService } from './changes/ChangeService';
import { readPluginConfig } from './config/readPluginConfig';
import { createServiceRepositories } from './desired/createGithubClient';
import { DesiredFleet, type RepositoryFolders } from './desired/DesiredFleet';
import { checkAll, openRepository } from './desired/openRepository';
import { subscribeToPushes } from './desired/subscribeToPushes';
import type { DiffService } from './diff/DiffService';
import { argocdRoutes } from './http/argocdRoutes';
import { changeRoutes } from './http/changeRoutes';
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
import { subscribeToPulls } from './pending/subscribeToPulls';
import { registerPermissions } from './permissions/registerPermissions';
import { ReleaseAccess } from './permissions/ReleaseAccess';
import { ServiceAccess } from './permissions/ServiceAccess';
import { ServiceOwners } from './permissions/ServiceOwners';
import { Broadcaster } from './releases/Broadcaster';
import { DeployedLookup } from './releases/DeployedLookup';
import { FleetApplications } from './releases/FleetApplications';
import { HistoryService } from './releases/HistoryService';
import { LayoutApplications } from './releases/LayoutApplications';
import { misconfigured } from './releases/misconfigured';
import { ReleaseBoard } from './releases/ReleaseBoard';
import { TenantApplications } from './releases/TenantApplications';
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
import { repositoryMatcher, repositoryTeller } from './sync/repositoryAddress';
import { ResourceService } from './sync/ResourceService';
import { SyncIndex } from './sync/SyncIndex';
import { TelemetryService } from './telemetry/TelemetryService';
import { VersionCommits } from './versions/VersionCommits';

/** Services of the backend that the plugin is made of. */
export interface ReleasesOptions {
  auth: AuthService;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
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
  const { auditor, auth, catalog, config, events, httpAuth, logger } = options;
  const { permissions, permissionsRegistry } = options;
  const settings = readPluginConfig(config);
  const { service } = settings;
  const repositories = settings.gitops.map(source =>
    openRepository({
      source,
      isAlone: settings.gitops.length === 1,
      config,
      settings,
      auth,
      catalog,
      logger,
    }),
  );
  const own = repositories.find(({ source }) => !source.layouts);
  const foreign = repositories.filter(({ source }) => source.layouts);
  const desired = new DesiredFleet(
    repositories.map(({ source, index }) => ({ id: source.id, name: source.name, index })),
  );
  const lookup = foreign.length > 0 ? new DeployedLookup(desired) : undefined;
  const layouts = foreign.flatMap(({ source }) => source.layouts ?? []);
  const selectors = lookup && layouts.map(layoutSelector);
  const [first, ...others] = repositories;
  const telling =
    others.length > 0
      ? { repositoryOf: repositoryTeller(repositories.map(one => one.source)) }
      : {};
  const applicationSelectors = lookup && layouts.flatMap(applicationSelector);
  const sync = new SyncIndex(
    settings.argocd.map(
      instance =>
        new ApplicationWatch({
          name: instance.name,
          api: new ArgocdClient(instance),
          logger,
          isGitops: repositoryMatcher(first.source.gitops.addresses),
          ...telling,
          tenantOfFile: (path, repository = first.source.id) =>
            repository === own?.source.id
              ? own.source.gitops.matchTenantFile(path)?.tenant
              : undefined,
          ...(lookup ? { tenantsOf: reading => lookup.tenantsOf(reading) } : {}),
          ...(applicationSelectors ? { selectors: applicationSelectors } : {}),
        }),
    ),
  );
  const labels = settings.podLabels;
  const hasLabels = own !== undefined;
  const listed = [...(selectors ?? []), ...(hasLabels ? [[[labels.service, '']] as const] : [])];
  const running = new RunningIndex(
    settings.kubernetes.map(
      cluster =>
        new PodWatch({
          name: cluster.name,
          api: new KubernetesClient(cluster, commonSelector(listed)),
          logger,
          labels,
          ...(selectors ? { selectors, hasLabels } : {}),
        }),
    ),
    (tenant, name) => imageHint(desired.get(tenant, name)),
    lookup && (placed => lookup.tenantsAt(placed)),
  );
  const telemetry = new TelemetryService(settings.telemetry, logger);
  const serving = new ServingIndex(settings.telemetry, settings.serving, logger);
  const repositoryOf = (id: string | undefined) =>
    repositories.find(({ source }) => source.id === id) ?? first;
  const folders: RepositoryFolders = {
    digest: (commit, folder, id) => repositoryOf(id).folders.digest(commit, folder),
    changedAt: (commit, folder, id) => repositoryOf(id).folders.changedAt(commit, folder),
  };
  const finders = new Map(
    repositories.map(({ source, index }) => {
      const { gitops, applications: expectations } = source;
      const finder =
        source.layouts && lookup
          ? new LayoutApplications({ desired: index, sync, lookup, expectations })
          : new TenantApplications({ desired: index, sync, gitops, expectations });
      return [source.id, finder] as const;
    }),
  );
  const applications =
    others.length > 0
      ? new FleetApplications({ finders, entries: () => desired.entries() })
      : [...finders.values()][0];
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
    applications,
    logger,
  });
  const history = new HistoryService({ desired, sync, running, commits, board });
  const diffs: Pick<DiffService, 'diff'> = {
    diff: (entry, ...sides) => repositoryOf(entry.repository).diffs.diff(entry, ...sides),
  };
  // Tenants are onboarded where our own layout is.
  const onboarding = own ?? (others.length === 0 ? first : undefined);
  // Branches of pull requests are not in a mirror.
  const pending =
    onboarding?.reader.host &&
    new PendingIndex({
      pulls: new PullReader(onboarding.reader.host, onboarding.source.gitops.branch),
      git: onboarding.reader.host,
      gitops: onboarding.source.gitops,
      service,
      ...('tenantOf' in onboarding.changes
        ? { tenantOf: onboarding.changes.tenantOf.bind(onboarding.changes) }
        : {}),
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
  const changing = repositories.map(one => one.changes);
  const changes = new ChangeService({
    repositories: changing.flatMap(one => ('problem' in one ? [] : [one])),
    problems: changing.flatMap(one => ('problem' in one ? [one.problem] : [])),
    access: new ChangeAccess(access, board),
    ...(settings.registries.length > 0 ? { registry: new ImageRegistry(settings.registries) } : {}),
    auth,
    catalog,
    onOpened: () => pending?.refresh(),
  });
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
      ...changeRoutes({
        changes,
        ...(pending ? { pending } : {}),
        board,
        access,
        auditor,
        httpAuth,
      }),
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
      await checkAll(repositories, logger);
      for (const { source, reader, index } of repositories) {
        const { id, gitops } = source;
        const look = () => index.refresh();
        await subscribeToPushes(
          events,
          { gitops, api: reader.api },
          look,
          ...(others.length > 0 ? [id] : []),
        );
      }
      await subscribeToPulls(events, () => pending?.refresh());
      // One host: when the tenant files cannot be read, or can again, the pull requests are looked at too, and not at the next poll.
      endOfHints = (onboarding ?? first).index.changes.subscribe(tenants =>
        pending?.onChange(tenants),
      );
      parts.forEach(part => part.start());
    },
    async stop() {
      endOfHints();
      board.stop();
      const stopped = Promise.all(parts.map(part => part.stop()));
      // A reading that runs would be waited for.
      repositories.forEach(({ reader }) => reader.close());
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
