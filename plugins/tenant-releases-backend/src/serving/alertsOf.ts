import type { FiringAlert } from '../join/releaseParts';
import type { MetricNames } from '../telemetry/metricNames';
import type { PrometheusAlert } from '../telemetry/PrometheusClient';

/** The alerts of a tenant; those of one service name it. */
export type TenantAlert = FiringAlert & { service?: string };

/** So many alerts of one tenant are kept whole; of more, what tells how many fire, and since when. */
const maxAlerts = 100;
/** These say that something else is known, or that the way of alerts works. */
const quiet = new Set(['none', 'info', 'ok']);
const order = ['critical', 'page', 'error', 'high', 'warning', 'warn'];

/** Sorts firing alerts by tenant, the ones that need attention most first. One that names no tenant is the platform's. */
export function alertsOf(
  alerts: readonly PrometheusAlert[],
  { labels: names }: Pick<MetricNames, 'labels'>,
): Map<string, TenantAlert[]> {
  const found = new Map<string, TenantAlert[]>();
  for (const { labels, annotations, activeAt } of alerts) {
    const tenant = labels.tenant || labels[names.namespace];
    const { alertname: name, severity } = labels;
    if (!tenant || !name || quiet.has(severity?.toLowerCase() ?? '')) continue;
    const summary = annotations.summary || annotations.message || annotations.description;
    const service = labels[names.service];
    const since = timeOf(activeAt);
    const list = found.get(tenant) ?? [];
    found.set(tenant, list);
    list.push({
      name,
      ...(severity ? { severity } : {}),
      ...(summary ? { summary } : {}),
      ...(since ? { since } : {}),
      ...(service ? { service } : {}),
    });
  }
  for (const [tenant, list] of found) {
    list.sort(byConcern);
    found.set(
      tenant,
      list.map((alert, index) => (index < maxAlerts ? alert : withoutWords(alert))),
    );
  }
  return found;
}

function withoutWords({ name, since, service }: TenantAlert): TenantAlert {
  return { name, ...(since ? { since } : {}), ...(service ? { service } : {}) };
}

function byConcern(one: TenantAlert, other: TenantAlert): number {
  const rank = ({ severity }: TenantAlert) => {
    const place = order.indexOf(severity?.toLowerCase() ?? '');
    return place < 0 ? order.length : place;
  };
  const text = ({ since = '', name, summary = '' }: TenantAlert) =>
    [since, name, summary].join('\n');
  return rank(one) - rank(other) || (text(one) < text(other) ? -1 : 1);
}

function timeOf(text: string | undefined): string | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
