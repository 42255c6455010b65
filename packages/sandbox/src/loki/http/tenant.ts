import { httpError, LokiError } from '../lokiError';

/** What a request with a tenant does; the words of a refusal differ a little. */
export type TenantUse = 'push' | 'query' | 'query_range';

/**
 * The tenant that the header X-Scope-OrgID names. Several, with `|` between them, can be read only where
 * `multi_tenant_queries_enabled` is set, which it is not by default.
 *
 * @throws LokiError 401 when it names none, 400 for a name that no tenant can have, 500 (a push: 400) for several
 * @see https://grafana.com/docs/loki/latest/operations/multi-tenancy/
 */
export function parseTenant(header: string | undefined, use: TenantUse): string {
  if (!header) throw httpError(401, 'no org id');
  if (header.includes('|')) {
    const text = 'multiple org IDs present';
    throw use === 'push' ? httpError(400, text) : new LokiError(500, text);
  }
  const problem = problemOf(header);
  if (problem === undefined) return header;
  if (use === 'push') throw httpError(400, problem);
  const prefix = use === 'query_range' ? 'rpc error: code = Code(400) desc = ' : '';
  throw new LokiError(400, prefix + problem);
}

function problemOf(tenant: string): string | undefined {
  const wrong = /[^a-zA-Z0-9!\-_.*'()]/.exec(tenant);
  if (wrong) return `tenant ID '${tenant}' contains unsupported character '${wrong[0]}'`;
  if (tenant.length > 150) return 'tenant ID is too long: max 150 characters';
  return tenant === '.' || tenant === '..' ? "tenant ID is '.' or '..'" : undefined;
}
