import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { numbered, withRows } from '../parts/dashboard';
import { metricsVariable, portalVariable } from '../parts/sources';
import { overviewRow } from './overviewRow';
import { requestsRow } from './requestsRow';
import { saturationRow } from './saturationRow';
import { versionsRow } from './versionsRow';

/** @param portalUrl - where links lead */
export function fleet(portalUrl: string): Dashboard {
  const dashboard = new DashboardBuilder('Fleet')
    .uid('fleet')
    .description(
      'All tenants: which versions run, who differs, who is in trouble. For the platform team.',
    )
    .tags(['tenants', 'releases'])
    .time({ from: 'now-6h', to: 'now' })
    .refresh('1m')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(metricsVariable())
    .withVariable(portalVariable(portalUrl))
    .link(
      new DashboardLinkBuilder('Tenants in the portal')
        .url('${portal}/tenants')
        .tooltip('Versions, drift, holds and freezes')
        .icon('external link'),
    );
  return numbered(
    withRows(dashboard, [overviewRow, versionsRow, requestsRow, saturationRow]).build(),
  );
}
