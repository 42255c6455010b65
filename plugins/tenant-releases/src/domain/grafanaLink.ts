import type { TimeRange } from './timeRange';

/**
 * Puts the tenant and the page's time range into a link to a Grafana dashboard.
 * Grafana reads variables from `var-<name>` and times from `from` and `to`, in milliseconds since 1970
 * (https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/create-dashboard-url-variables/).
 *
 * @param link - the dashboard's address, as the backend names it; other parameters stay
 * @param now - milliseconds since 1970
 * @returns `undefined` when there is no link or it is not an http(s) address
 */
export function grafanaLink(
  link: string | undefined,
  tenant: string,
  range: TimeRange,
  now: number,
): string | undefined {
  const url = safeLink(link);
  if (!url) return undefined;
  const target = new URL(url);
  target.searchParams.set('var-tenant', tenant);
  target.searchParams.set('from', String(now - range.seconds * 1000));
  target.searchParams.set('to', String(now));
  return target.toString();
}

/** An address that a browser may be sent to: http or https, else `undefined`. */
export function safeLink(link: string | undefined): string | undefined {
  if (!link || !URL.canParse(link)) return undefined;
  return ['http:', 'https:'].includes(new URL(link).protocol) ? link : undefined;
}
