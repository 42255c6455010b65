import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogProcessingExtensionPoint, catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  ownEntryOf,
  readGitopsList,
  requireGithubIntegration,
  reservedOwnerGroups,
} from '@internal/gitops';
import { createTreeReader, peopleRules } from '@internal/plugin-tenant-releases-node';
import { loadLastGoodFrom } from './lastGoodEntities';
import { leaveOutRepository } from './leaveOutRepository';
import { isPushTo, pushTopics } from './pushEvent';
import { OwnerGroupProvider } from './OwnerGroupProvider';
import { proveReadable } from './proveReadable';
import { relateOneWay } from './relateOneWay';
import { ReleaseEntityProvider } from './ReleaseEntityProvider';
import { TenantEntityProvider } from './TenantEntityProvider';
import { withDeadline } from './withDeadline';

/** All releases are read each time: no more often than that. Seconds. */
const leastLayoutPoll = 10;

/**
 * Adds every tenant of the repositories in `tenantReleases.gitops` to the catalog, by tenant files or layouts, and keeps tenants out of what other entities tell.
 */
export const catalogModuleTenants = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'tenants',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        permissionsRegistry: coreServices.permissionsRegistry,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        events,
        logger,
        permissionsRegistry,
        processing,
        scheduler,
        urlReader: reader,
      }) {
        const entries = readGitopsList(config);
        const own = ownEntryOf(entries);
        const foreign = entries.filter(({ isOwn }) => !isOwn);
        // What entities tell of others is decided when they are made, not when they are read.
        processing.addProcessor(
          ...relateOneWay,
          leaveOutRepository(...entries.map(({ gitops }) => gitops)),
        );
        permissionsRegistry.addPermissionRules(peopleRules);

        if (foreign.length > 0) {
          const pollSeconds = Math.min(...foreign.map(({ gitops }) => gitops.pollSeconds));
          const asking = scheduler.createScheduledTaskRunner({
            scope: 'local',
            frequency: { seconds: Math.max(leastLayoutPoll, pollSeconds) },
            timeout: { minutes: 5 },
          });
          const tenants = new ReleaseEntityProvider({
            auth,
            discovery,
            logger,
            repository: foreign.map(({ gitops }) => gitops.repository.url).join(' '),
            ...(own ? { own: own.gitops } : {}),
            repeat: fn => asking.run({ id: own ? 'layout-tenants-poll' : 'tenants-poll', fn }),
          });
          processing.addEntityProvider(tenants);
        }
        if (!own) return;
        const { gitops } = own;
        const integrations = ScmIntegrations.fromConfig(config);
        requireGithubIntegration(
          gitops,
          integrations.github.byHost(gitops.repository.host)?.config,
        );
        const urlReader = withDeadline(
          createTreeReader({ config, entry: own, urlReader: reader, logger }),
        );
        await proveReadable(urlReader, gitops, logger).catch(error => {
          // Without it the tenants of other repositories are true all the same.
          if (foreign.length === 0) throw error;
          logger.warn(error.message);
        });

        // Each instance polls for itself: what it last saw is kept in memory.
        const polling = scheduler.createScheduledTaskRunner({
          scope: 'local',
          frequency: { seconds: gitops.pollSeconds },
          timeout: { minutes: 2 },
        });
        const provider = new TenantEntityProvider({
          urlReader,
          gitops,
          service: config.getOptionalString('tenantReleases.service') ?? 'demo-api',
          logger,
          loadLastGood: loadLastGoodFrom(catalog, auth),
          repeat: fn => polling.run({ id: 'tenants-poll', fn }),
        });
        const groupPolling = scheduler.createScheduledTaskRunner({
          scope: 'local',
          frequency: { seconds: gitops.pollSeconds },
          timeout: { minutes: 2 },
        });
        const groups = new OwnerGroupProvider({
          urlReader,
          gitops,
          logger,
          reserved: reservedOwnerGroups(config),
          repeat: fn => groupPolling.run({ id: 'tenant-owner-groups-poll', fn }),
        });
        processing.addEntityProvider(provider, groups);
        await events.subscribe({
          id: 'catalog-module-tenants',
          topics: pushTopics,
          onEvent: async event => {
            if (isPushTo(gitops, event)) await Promise.all([provider.refresh(), groups.refresh()]);
          },
        });
      },
    });
  },
});
