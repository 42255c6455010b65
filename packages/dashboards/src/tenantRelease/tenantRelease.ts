import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { numbered, withRows } from '../parts/dashboard';
import { logsVariable, metrics, metricsVariable, portalVariable } from '../parts/sources';
import { releases, syncs } from './annotations';
import { logsRow } from './logsRow';
import { releaseRow } from './releaseRow';
import { requestsRow } from './requestsRow';
import { saturationRow } from './saturationRow';
import { versionsRow } from './versionsRow';

/** The portal opens this one (tenantReleases.grafana.dashboard), with the variables `tenant` and `service` filled in. */
export const tenantReleaseUid = 'tenant-release';

const choice = (name: string, label: string, query: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(metrics)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);

/** @param portalUrl - where links lead */
export function tenantRelease(portalUrl: string): Dashboard {
  const dashboard = new DashboardBuilder('Release of a tenant')
    .uid(tenantReleaseUid)
    .description('One service of one tenant: which version runs, and how it does.')
    .tags(['tenants', 'releases'])
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(metricsVariable())
    .withVariable(logsVariable())
    .withVariable(choice('tenant', 'Tenant', 'label_values(namespace:tenant:info, namespace)'))
    .withVariable(choice('service', 'Service', 'label_values(up{namespace="$tenant"}, service)'))
    .withVariable(portalVariable(portalUrl))
    .annotation(releases())
    .annotation(syncs())
    .link(
      new DashboardLinkBuilder('Release in the portal')
        .url('${portal}/catalog/default/resource/${tenant}/releases')
        .tooltip('History, roll-back, promotion, hold')
        .icon('external link'),
    )
    .link(new DashboardLinkBuilder('All tenants').url('/d/fleet').icon('dashboard').keepTime(true));
  const rows = [releaseRow, requestsRow, versionsRow, saturationRow, logsRow];
  return numbered(withRows(dashboard, rows).build());
}
