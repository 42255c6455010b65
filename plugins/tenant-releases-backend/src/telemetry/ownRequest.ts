import type { TelemetryServer } from '../config/telemetryConfig';

/** Who a request to a telemetry server is made for. */
export interface RequestTarget {
  tenant: string;
  service: string;
}

/** Parameters that the portal itself sends: no configuration may set them. */
export const reservedParameters: readonly string[] = [
  'query',
  'start',
  'end',
  'step',
  'time',
  'timeout',
  'limit',
  'direction',
];

/** Fills the names into a configured text in one pass, so that what is put in is never read as a placeholder. */
export function fillIn(template: string, target: RequestTarget): string {
  return template.replace(/\{(tenant|service)\}/g, (_, name: keyof RequestTarget) => target[name]);
}

/** What each request for a tenant carries besides its question: the organisation, and what a tenancy proxy wants. */
export function ownRequest(
  { orgId, query = {} }: Pick<TelemetryServer, 'orgId' | 'query'>,
  target: RequestTarget,
): { headers: Record<string, string>; query: Record<string, string> } {
  return {
    headers: orgId === undefined ? {} : { 'x-scope-orgid': fillIn(orgId, target) },
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, fillIn(value, target)]),
    ),
  };
}
