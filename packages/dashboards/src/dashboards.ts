import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { fleet } from './fleet/fleet';
import { tenantRelease } from './tenantRelease/tenantRelease';

/**
 * Every dashboard by the name of its file.
 *
 * @param portalUrl - where links lead; without a slash at the end
 */
export function dashboards(portalUrl: string): Record<string, Dashboard> {
  return {
    'fleet.json': fleet(portalUrl),
    'tenant-release.json': tenantRelease(portalUrl),
  };
}

/** A dashboard as it is written: the same model makes the same bytes. */
export function dashboardText(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}
