import type { ReasonLink, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { safeLink } from './grafanaLink';

/** Where something can be mended. */
export interface MendLink {
  label: string;
  to: string;
}

/** The element that holds the log lines of the Release tab. */
export const logsId = 'release-logs';

const labels: Record<Exclude<ReasonLink['kind'], 'logs'>, (text: string) => string> = {
  argocd: () => 'Open in Argo CD',
  values: () => 'Open the tenant’s file',
  policy: () => 'Open the release policy',
  // Its text has the number.
  'pull-request': text => `Open ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
};

/**
 * Where a reason can be mended, as the backend knows it; a crash explains itself in the logs on the same page.
 *
 * @returns `undefined` when nobody can do anything about it, or the address is none that a browser may be sent to
 */
export function mendLink({
  code,
  link,
}: Pick<ReleaseReason, 'code' | 'link'>): MendLink | undefined {
  if (code === 'CRASH_LOOPING' || link?.kind === 'logs') {
    return { label: 'See the logs', to: `#${logsId}` };
  }
  const to = safeLink(link?.href);
  return link && to ? { label: labels[link.kind](link.text), to } : undefined;
}
