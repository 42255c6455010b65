import { httpError } from '../lokiError';

/**
 * The tenants that the header X-Scope-OrgID names; `|` stands between several.
 *
 * @throws LokiError 401 when it names none, 400 for a name that no tenant can have
 * @see https://grafana.com/docs/loki/latest/operations/multi-tenancy/
 */
export function parseTenants(header: string | undefined): string[] {
  if (!header) throw httpError(401, 'no org id');
  const tenants = [...new Set(header.split('|'))].sort();
  for (const tenant of tenants) {
    if (tenant === '') throw httpError(401, 'no org id');
    const wrong = /[^a-zA-Z0-9!\-_.*'()]/.exec(tenant);
    if (wrong) {
      throw httpError(400, `tenant ID '${tenant}' contains unsupported character '${wrong[0]}'`);
    }
    if (tenant.length > 150) throw httpError(400, 'tenant ID is too long: max 150 characters');
    if (tenant === '.' || tenant === '..') throw httpError(400, "tenant ID is '.' or '..'");
  }
  return tenants;
}
