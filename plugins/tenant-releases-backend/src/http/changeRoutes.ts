import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotImplementedError, ServiceUnavailableError } from '@backstage/errors';
import { readChangeRequest } from '@internal/gitops';
import {
  changeCreatePermission,
  releaseReadPermission,
  type ChangePull,
} from '@internal/plugin-tenant-releases-common';
import type { ChangeService } from '../changes/ChangeService';
import type { ChangeOnHost } from '../pending/changePull';
import type { PendingIndex } from '../pending/PendingIndex';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import { viewerOf } from '../permissions/Viewer';
import type { ReleaseBoard } from '../releases/ReleaseBoard';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of changes need. */
export interface ChangeRouteDeps {
  changes: Pick<ChangeService, 'change'>;
  /** Absent where the pull requests of the GitOps repository's host are not read. */
  pending?: Pick<PendingIndex, 'changes' | 'status' | 'isKnown' | 'seen'>;
  board: Pick<ReleaseBoard, 'ofTenant' | 'resource'>;
  access: ReleaseAccess;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
}

/** Changes of releases by pull requests. Each is in the audit log, with what became of it. */
export function changeRoutes(deps: ChangeRouteDeps): Route[] {
  const { changes, pending, board, access, auditor, httpAuth } = deps;
  return [
    defineRoute('listChanges', {
      summary: 'Pull requests that change releases: open, or ended within a day, the newest first',
      permission: releaseReadPermission.name,
      params: parameters.none,
      query: parameters.changes,
      async handle({ query, credentials }) {
        if (!pending) {
          throw new NotImplementedError(
            'Pull requests are read from GitHub alone, and the GitOps repository has another host',
          );
        }
        await pending.seen();
        if (!pending.isKnown) {
          throw new ServiceUnavailableError(
            'The Git host has not told its pull requests yet; the portal goes on asking',
          );
        }
        const mayRead = await access.check(credentials, releaseReadPermission);
        const { seesFleet } = await viewerOf(access, credentials);
        const isSeen = (tenant: string) => {
          const refs = board.ofTenant(tenant);
          return refs.length > 0 && refs.every(ref => mayRead(board.resource(ref)));
        };
        const user = userOf(credentials);
        const items = pending
          .changes()
          .filter(
            one =>
              (query.tenant === undefined || one.tenants.includes(query.tenant)) &&
              (query.service === undefined || (one.service ?? query.service) === query.service),
          )
          .flatMap(one => (seesFleet ? [one] : ownChange(one, isSeen, user)));
        const { detail: _, ...source } = pending.status();
        // What repositories are called is the operator's.
        return { items, source: seesFleet ? source : { ...source, name: 'Git' } };
      },
    }),
    defineRoute('requestChange', {
      summary: 'Opens pull requests that change releases, or says what they would be (dryRun)',
      permission: changeCreatePermission.name,
      params: parameters.none,
      query: parameters.none,
      async handle({ body, credentials, request: httpRequest, response }) {
        const request = readChangeRequest(body);
        const { principal } = await httpAuth.credentials(httpRequest, { allow: ['user'] });
        const { kind, service, tenants, tiers, rings, version, dryRun = false } = request;
        const event = await auditor.createEvent({
          eventId: 'release-change',
          severityLevel: dryRun ? 'low' : 'medium',
          request: httpRequest,
          meta: JSON.parse(
            JSON.stringify({
              kind,
              service,
              tenants: tenants?.slice(0, 50),
              tiers,
              rings,
              version,
              dryRun,
            }),
          ),
        });
        try {
          const { answer, isNew } = await changes.change(
            credentials,
            principal.userEntityRef,
            request,
          );
          await event.success({
            meta: { pullRequests: (answer.pullRequests ?? []).map(({ number }) => number) },
          });
          if (isNew) response.status(201);
          return answer;
        } catch (error) {
          await event.fail({ error: error as Error });
          throw error;
        }
      },
    }),
  ];
}

/** Of a change that is for one's own tenants alone, what is theirs: without the places and the people of the operator. */
function ownChange(
  change: ChangeOnHost,
  isSeen: (tenant: string) => boolean,
  user: string | undefined,
): ChangePull[] {
  const { tenants, tenantCount = tenants.length, requestedBy, reason, ...rest } = change;
  if (tenants.length === 0 || tenantCount > tenants.length || !tenants.every(isSeen)) return [];
  const { url: _, ...reference } = rest.pullRequest;
  const isOwn = requestedBy !== undefined && requestedBy === user;
  return [
    {
      ...rest,
      tenants,
      tenantCount,
      ...(isOwn ? { requestedBy, ...(reason === undefined ? {} : { reason }) } : {}),
      // Titles and reasons of the operator's people may speak of others.
      pullRequest: { ...reference, title: `${rest.kind} ${tenants.join(', ')}` },
    },
  ];
}

function userOf({ principal }: BackstageCredentials): string | undefined {
  return (principal as { userEntityRef?: string }).userEntityRef;
}
