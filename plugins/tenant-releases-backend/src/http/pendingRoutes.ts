import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotImplementedError, ServiceUnavailableError } from '@backstage/errors';
import {
  tenantOnboardPermission,
  type PendingTenantAnswer,
  type PendingTenantList,
} from '@internal/plugin-tenant-releases-common';
import type { PendingIndex } from '../pending/PendingIndex';
import type { ReleaseAccess } from '../permissions/ReleaseAccess';
import { parameters } from './parameters';
import { defineRoute, type Route } from './Route';

/** What the routes of pending tenants need. */
export interface PendingRouteDeps {
  /** Absent where the pull requests of the GitOps repository's host are not read. */
  pending?: Pick<PendingIndex, 'list' | 'get' | 'status' | 'isKnown' | 'seen'>;
  access: ReleaseAccess;
}

/** Tenants whose onboarding is under way, for who may onboard; others do not learn whether there are any. */
export function pendingRoutes({ pending, access }: PendingRouteDeps): Route[] {
  const permission = tenantOnboardPermission.name;
  const require = async (credentials: BackstageCredentials) => {
    if (!(await access.holds(credentials, tenantOnboardPermission))) {
      throw new NotAllowedError(`You may not onboard tenants (${permission})`);
    }
    if (!pending) {
      throw new NotImplementedError(
        'Onboardings are read from GitHub alone, and the GitOps repository has another host',
      );
    }
    await pending.seen();
    if (!pending.isKnown) {
      throw new ServiceUnavailableError(
        'The Git host has not told its pull requests yet; the portal goes on asking',
      );
    }
    return pending;
  };
  return [
    defineRoute('listPendingTenants', {
      summary: 'Onboardings whose pull request is open, the newest first',
      permission,
      params: parameters.none,
      query: parameters.none,
      async handle({ credentials }) {
        const known = await require(credentials);
        const list: PendingTenantList = { items: [...known.list()], source: known.status() };
        return list;
      },
    }),
    defineRoute('getPendingTenant', {
      summary: 'The onboarding of one tenant: the open one, else the one that ended last',
      permission,
      params: parameters.application,
      query: parameters.none,
      async handle({ params: { tenant }, credentials }) {
        const known = await require(credentials);
        const item = known.get(tenant);
        const answer: PendingTenantAnswer = {
          ...(item ? { item } : {}),
          source: known.status(),
        };
        return answer;
      },
    }),
  ];
}
