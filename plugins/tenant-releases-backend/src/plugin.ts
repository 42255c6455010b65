import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { createReleases } from './createReleases';
import { createRouter } from './http/createRouter';

/** Releases of tenants: the live indexes and their HTTP API. */
export const tenantReleasesPlugin = createBackendPlugin({
  pluginId: 'tenant-releases',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ httpRouter, lifecycle, ...deps }) {
        const { auditor, httpAuth } = deps;
        const releases = createReleases(deps);
        lifecycle.addShutdownHook(() => releases.stop());
        await releases.start();
        httpRouter.use(createRouter(releases.routes, { auditor, httpAuth, logger: deps.logger }));
      },
    });
  },
});
