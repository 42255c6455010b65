import { NotFoundError } from '@backstage/errors';
import { releaseReadPermission } from '@internal/plugin-tenant-releases-common';
import type { DiffService } from '../diff/DiffService';
import { ownDiff } from '../permissions/ownHistory';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import { viewerOf } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { findRelease } from './findRelease';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the route of differences needs. */
export interface DiffRouteDeps {
  board: ReleaseBoard;
  access: ReleaseAccess;
  diffs: Pick<DiffService, 'diff'>;
}

/** What differs between two releases of a tenant. */
export function diffRoutes(deps: DiffRouteDeps): Route[] {
  return [
    defineRoute('getReleaseDiff', {
      summary: 'What differs between two commits of a release’s history',
      permission: releaseReadPermission.name,
      params: parameters.release,
      query: parameters.diff,
      async handle({ params, query: { environment, from, to }, credentials }) {
        const ref = await findRelease(deps, credentials, { ...params, environment });
        const { entry } = ref;
        if (!entry) throw new NotFoundError('No such commit in the history of this release');
        const diff = await deps.diffs.diff(entry, from, to);
        const { seesFleet } = await viewerOf(deps.access, credentials);
        return seesFleet ? diff : ownDiff(diff);
      },
    }),
  ];
}
