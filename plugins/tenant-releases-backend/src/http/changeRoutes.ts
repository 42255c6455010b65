import type { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { readChangeRequest } from '@internal/gitops';
import { changeCreatePermission } from '@internal/plugin-tenant-releases-common';
import type { ChangeService } from '../changes/ChangeService';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of changes need. */
export interface ChangeRouteDeps {
  changes: Pick<ChangeService, 'change'>;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
}

/** Changes of releases by pull requests. Each is in the audit log, with what became of it. */
export function changeRoutes({ changes, auditor, httpAuth }: ChangeRouteDeps): Route[] {
  return [
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
