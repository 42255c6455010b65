import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { releaseReadPermission, type ApiAnswer } from '@internal/plugin-tenant-releases-common';
import { shorten, toUpstreamError } from '@internal/gitops';
import type { ArgocdInstance } from '../config/argocdConfig';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { HistoryService } from '../releases/HistoryService';
import { viewerOf } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { answerMs, inTime } from '../upstream/inTime';
import { findRelease } from './findRelease';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of Argo CD's cards need. */
export interface ArgocdRouteDeps {
  board: ReleaseBoard;
  history: HistoryService;
  sync: SyncIndex;
  access: ReleaseAccess;
  instances: readonly ArgocdInstance[];
}

/** What Roadie's Argo CD cards read, of the caller's own tenants and without a way to change anything. */
export function argocdRoutes(deps: ArgocdRouteDeps): Route[] {
  const { sync } = deps;
  return [
    defineRoute('getArgocdApplication', {
      summary: 'The Argo CD Application of a tenant',
      permission: releaseReadPermission.name,
      params: parameters.application,
      query: parameters.none,
      async handle({ params, credentials }) {
        const { application } = await findRelease(deps, credentials, params);
        if (!application) throw absent(sync);
        // The cards do without the history when Argo CD does not answer.
        const found = await inTime(sync.withDetails(application), Date.now() + answerMs).catch(
          () => undefined,
        );
        const record = found ?? application;
        const { seesFleet } = await viewerOf(deps.access, credentials);
        return seesFleet
          ? toApplication(record, deps.instances)
          : // Its addresses are the operator's; what is deployed is the tenant's.
            toApplication({ ...record, source: undefined }, []);
      },
    }),
    defineRoute('getArgocdRevision', {
      summary:
        'Who made a revision of a tenant’s Application; nothing for one that is not about the tenant',
      permission: releaseReadPermission.name,
      params: parameters.revision,
      query: parameters.none,
      async handle({ params: { tenant, revision }, credentials }) {
        const ref = await findRelease(deps, credentials, { tenant });
        // One repository holds all tenants: what is synced is mostly a commit about somebody else, and one about this
        // tenant may speak of others, too. Who does not see the fleet learns when it was made.
        const until = Date.now() + answerMs;
        const { seesFleet } = await viewerOf(deps.access, credentials);
        if (!seesFleet && !(await deps.history.holds(ref, revision, until))) return {};
        const { author, date, message } = await revisionOf(sync, ref.application, revision, until);
        if (!seesFleet) return date ? { date } : {};
        return {
          ...(author ? { author: shorten(author) } : {}),
          ...(date ? { date } : {}),
          ...(message ? { message: shorten(message) } : {}),
        };
      },
    }),
  ];
}

async function revisionOf(
  sync: SyncIndex,
  application: ApplicationRecord | undefined,
  revision: string,
  until: number,
) {
  if (!application) throw absent(sync);
  try {
    return await inTime(sync.revisionMetadata(application, revision), until);
  } catch (error) {
    throw new ServiceUnavailableError(
      `Argo CD does not answer (${toUpstreamError(error).errorClass})`,
    );
  }
}

/** Without an answer from Argo CD nobody knows whether the Application is there. */
function absent(sync: SyncIndex): Error {
  return sync.freshness(undefined).state === 'ok'
    ? new NotFoundError('No such release')
    : new ServiceUnavailableError('Argo CD does not answer');
}

/** The form that Roadie's cards read: an Application with what they show, and nothing else. */
function toApplication(
  record: ApplicationRecord,
  instances: readonly ArgocdInstance[],
): ApiAnswer<'getArgocdApplication'> {
  const { name, namespace, source, destination, project, sync, health, images, operation } = record;
  const instance = instances.find(({ name: known }) => known === record.instance);
  return {
    metadata: { name, namespace, instance: { name: record.instance, url: instance?.frontendUrl } },
    spec: { project, source, destination },
    status: {
      sync,
      health,
      summary: { images },
      conditions: [],
      history: (record.details?.history ?? []).map(deployment => ({ ...deployment })),
      resources: record.details?.resources ?? [],
      ...(operation?.startedAt
        ? {
            operationState: {
              phase: operation.phase,
              startedAt: operation.startedAt,
              finishedAt: operation.finishedAt,
            },
          }
        : {}),
    },
  };
}
