import {
  DashboardLinkBuilder,
  type DynamicConfigValue,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { promQueryNow } from '../parts/panels';
import { metrics } from '../parts/sources';

/** A column for each; what all have in common joins the rows. */
const columns = [
  {
    title: 'Pods',
    unit: 'short',
    expression: 'count by (namespace, service, version) (up{version!=""} == 1)',
  },
  {
    title: 'Requests',
    unit: 'reqps',
    expression: 'sum by (namespace, service) (namespace_service:http_requests:rate5m)',
  },
  {
    title: 'Error ratio',
    unit: 'percentunit',
    expression: 'sum by (namespace, service) (namespace_service:http_request_errors:ratio_rate5m)',
  },
  {
    title: 'Duration 95 %',
    unit: 's',
    expression:
      'sum by (namespace, service) (namespace_service:http_request_duration_seconds:p95_rate5m)',
  },
  {
    title: 'Sync and health',
    unit: 'short',
    expression:
      'max by (namespace, sync_status, health_status) (namespace_application:argocd_app:info * on (namespace) group_left () namespace:tenant:info{owner!=""} unless namespace_application:argocd_app:info{application=~".+-fence"})',
  },
];

const refId = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);

const names: Record<string, string> = {
  namespace: 'Tenant',
  service: 'Service',
  version: 'Version',
  sync_status: 'Sync',
  health_status: 'Health',
  ...Object.fromEntries(columns.map(({ title }, index) => [`Value #${refId(index)}`, title])),
};

const unitOf = (unit: string): DynamicConfigValue[] => [{ id: 'unit', value: unit }];

/** Tenants x versions: a row for each service of each tenant and each version that it runs. */
export function releasesTable() {
  const table = new PanelBuilder()
    .title('Releases')
    .description(
      'What every tenant runs, and how it does. A tenant with two rows is between two versions.',
    )
    .datasource(metrics)
    .span(24)
    .height(10)
    .filterable(true)
    .targets(columns.map(({ expression }, index) => promQueryNow({ expression }, index, true)))
    .transformations([
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true, [`Value #${refId(columns.length - 1)}`]: true },
          indexByName: Object.fromEntries(Object.keys(names).map((name, index) => [name, index])),
          renameByName: names,
        },
      },
    ])
    .dataLinks([
      new DashboardLinkBuilder('Dashboard of this release').url(
        '/d/tenant-release?var-tenant=${__data.fields.Tenant}&var-service=${__data.fields.Service}&${__url_time_range}',
      ),
      new DashboardLinkBuilder('Release in the portal').url(
        '${portal}/catalog/default/resource/${__data.fields.Tenant}/releases',
      ),
    ]);
  columns.forEach(({ title, unit }) => table.overrideByName(title, unitOf(unit)));
  return table;
}
