import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { safeLink } from './grafanaLink';

/** Where something can be mended. */
export interface MendLink {
  label: string;
  to: string;
}

type Place = 'argocd' | 'values' | 'pull-request' | 'logs' | 'none';

const places: Partial<Record<ReleaseReason['code'], Place>> = {
  GIT_AHEAD: 'argocd',
  SYNC_FAILED: 'argocd',
  NOT_DEPLOYED: 'argocd',
  MANUAL_CHANGE: 'argocd',
  HEALTH_DEGRADED: 'argocd',
  ROLLING_OUT: 'argocd',
  IMAGE_DIFFERS: 'argocd',
  NO_PODS: 'argocd',
  NOT_IN_GIT: 'argocd',
  // A version that does not exist was asked for in a pull request.
  IMAGE_PULL: 'pull-request',
  CRASH_LOOPING: 'logs',
  FILE_INVALID: 'values',
  BAD_VERSION: 'values',
  HELD: 'values',
  FROZEN: 'none',
  SOURCE_STALE: 'none',
};

/** The element that holds the log lines of the Release tab. */
export const logsId = 'release-logs';

/**
 * Where a reason can be mended: in Argo CD, in the tenant's file, in the pull request that brought it; a crash explains
 * itself in the logs on the same page.
 *
 * @returns undefined when nobody can do anything about it here
 */
export function mendLink(
  code: ReleaseReason['code'],
  { links, desired }: Pick<Release, 'links' | 'desired'>,
): MendLink | undefined {
  const link = (label: string, to?: string) => {
    const url = safeLink(to);
    return url ? { label, to: url } : undefined;
  };
  // A newer server may know more codes.
  switch (places[code] ?? 'argocd') {
    case 'argocd':
      return link('Open in Argo CD', links.argocd);
    case 'values':
      return link('Open the file', links.values);
    case 'pull-request':
      return (
        link('Open the pull request', links.pullRequest ?? desired?.pullRequest?.url) ??
        link('Open the file', links.values)
      );
    case 'logs':
      return { label: 'See the logs', to: `#${logsId}` };
    default:
      return undefined;
  }
}
