import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { createPublishGithubPullRequestAction } from '@backstage/plugin-scaffolder-backend-module-github';
import {
  scaffolderActionsExtensionPoint,
  type ScaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { ownEntryOf, readGitopsList, requireGithubIntegration } from '@internal/gitops';
import { createTreeReader, findHelm } from '@internal/plugin-tenant-releases-node';
import { announced } from './actions/announced';
import { audited } from './actions/audited';
import { createClaimAction, createReleaseClaimAction } from './actions/claim';
import { createConfirmAction } from './actions/confirm';
import { plainFailures } from './actions/plainFailures';
import { createPrepareAction } from './actions/prepare';
import { foreignLayout, refused } from './actions/refused';
import { GitopsForge } from './repository/GitopsForge';

/** An action as the scaffolder takes it. */
type Action = Parameters<ScaffolderActionsExtensionPoint['addActions']>[number];
type CreatePublish = (
  ...options: Parameters<typeof createPublishGithubPullRequestAction>
) => Action;

/**
 * Adds the actions of the template "New tenant" to the scaffolder.
 *
 * @param createPublish - makes the action that opens a pull request; for tests
 */
export function createScaffolderModuleTenants(
  createPublish: CreatePublish = createPublishGithubPullRequestAction,
) {
  return createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'tenants',
    register(env) {
      env.registerInit({
        deps: {
          actions: scaffolderActionsExtensionPoint,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          events: eventsServiceRef,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          urlReader: coreServices.urlReader,
        },
        async init({
          actions,
          auditor,
          auth,
          catalog,
          config,
          events,
          logger,
          permissions,
          urlReader,
        }) {
          const entries = readGitopsList(config);
          const own = ownEntryOf(entries);
          const { gitops } = own ?? entries[0];
          const integrations = ScmIntegrations.fromConfig(config);
          const isForeign = own === undefined;
          if (isForeign) logger.warn(foreignLayout);
          else {
            requireGithubIntegration(
              gitops,
              integrations.github.byHost(gitops.repository.host)?.config,
            );
          }
          const helm = await findHelm(config.getOptionalString('tenantReleases.helm.path'));
          if ('problem' in helm) logger.warn(`Tenants cannot be onboarded: ${helm.problem}`);

          const treeReader = own
            ? createTreeReader({ config, entry: own, urlReader, logger })
            : urlReader;
          const forge = new GitopsForge(gitops, integrations);
          const dependencies = {
            auth,
            catalog,
            config,
            forge,
            gitops,
            permissions,
            urlReader: treeReader,
          };
          // The scaffolder's own action under a name of ours: its failures are as much for people as those of the other steps.
          const publish = createPublish({ integrations, config });
          const onboarding: Action[] = [
            announced({ events, logger }, { ...publish, id: 'tenants:open-pull-request' }),
            audited(auditor, createPrepareAction(dependencies)),
            audited(auditor, createClaimAction(dependencies)),
            audited(auditor, createConfirmAction(dependencies)),
            audited(auditor, createReleaseClaimAction(dependencies)),
          ];
          actions.addActions(
            ...onboarding.map(action =>
              plainFailures(logger, isForeign ? refused(foreignLayout, action) : action),
            ),
          );
        },
      });
    },
  });
}

/** See {@link createScaffolderModuleTenants}. */
export const scaffolderModuleTenants = createScaffolderModuleTenants();
