import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { tenantOnboardPermission, type LeftOut } from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import type { SourceReports } from '../sources/SourceReports';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of source reports need. */
export interface SourceReportRouteDeps {
  reports: Pick<SourceReports, 'all' | 'entries'>;
  access: Pick<ReleaseAccess, 'holds'>;
}

/** The sources for who looks after the portal. What they hold names tenants and Applications of everybody. */
export function sourceReportRoutes({ reports, access }: SourceReportRouteDeps): Route[] {
  const permission = tenantOnboardPermission.name;
  const require = async (credentials: BackstageCredentials) => {
    if (await access.holds(credentials, tenantOnboardPermission)) return;
    throw new NotAllowedError(
      `What the sources hold is for who may onboard tenants (${permission})`,
    );
  };
  return [
    defineRoute('reportSources', {
      summary:
        'The upstreams with what was read of each, what releases are made of, and how much not',
      permission,
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials }) {
        await require(credentials);
        return { items: reports.all() };
      },
    }),
    defineRoute('listSourceEntries', {
      summary: 'What a source holds that no release is made of, each with the reason',
      permission,
      params: parameters.none,
      query: parameters.sourceEntries,
      async handle({ query: { source, list, q, limit }, credentials }) {
        await require(credentials);
        const all = reports.entries(source, list);
        if (!all) throw new NotFoundError('There is no such source');
        const matching = q === undefined ? all : all.filter(entry => holds(entry, q));
        return {
          items: matching.slice(0, limit),
          matchCount: matching.length,
          totalCount: all.length,
        };
      },
    }),
  ];
}

function holds({ kind, name, reason }: LeftOut, text: string): boolean {
  return `${kind} ${name} ${reason}`.toLowerCase().includes(text.toLowerCase());
}
