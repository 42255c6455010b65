import type { Clause } from './clause';
import { type TenantFilters, writeFilters } from './tenantFilters';

/** The view that shows what a clause counted, all of it and nothing else. */
function clauseView({ shows }: Clause, { sort, descending }: TenantFilters): TenantFilters {
  const chosen =
    'concern' in shows ? { states: [], concern: shows.concern } : { states: [shows.state] };
  return { ...chosen, text: '', sort, descending };
}

/** Whether a view shows just what a clause counted. */
export function showsClause(filters: TenantFilters, clause: Clause): boolean {
  const written = (view: TenantFilters) => writeFilters(new URLSearchParams(), view).toString();
  return written(filters) === written(clauseView(clause, filters));
}

/** The view that a press on a clause leads to: just what it counted; pressed again, all. */
export function toggleClause(filters: TenantFilters, clause: Clause): TenantFilters {
  return showsClause(filters, clause)
    ? { ...filters, concern: undefined, states: [] }
    : clauseView(clause, filters);
}
