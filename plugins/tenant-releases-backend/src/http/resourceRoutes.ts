import { releaseReadPermission } from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ResourceService } from '../sync/ResourceService';
import { findRelease } from './findRelease';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the route of resources needs. */
export interface ResourceRouteDeps {
  board: ReleaseBoard;
  access: ReleaseAccess;
  resources: ResourceService;
}

/** What a release is made of in the cluster. */
export function resourceRoutes(deps: ResourceRouteDeps): Route[] {
  return [
    defineRoute('listResources', {
      summary: 'The resources of a release with their health, and how they differ from Git',
      permission: releaseReadPermission.name,
      params: parameters.release,
      query: parameters.environment,
      async handle({ params, query, credentials }) {
        const ref = await findRelease(deps, credentials, { ...params, ...query });
        return deps.resources.resources(ref);
      },
    }),
  ];
}
