import type { QueryClient } from '@tanstack/react-query';
import { type Fleet, type FleetRow, patchFleet } from '../domain/fleet';
import { fleetPatchesOf } from './FleetPatches';
import { fleetOf } from './queryKeys';
import { type TenantReleasesApi, maxNamedTenants } from './TenantReleasesApi';
import { UnreadableAnswerError } from './UnreadableAnswerError';

async function readRows(
  api: Pick<TenantReleasesApi, 'listReleases'>,
  tenants: readonly string[],
  signal: AbortSignal,
): Promise<FleetRow[]> {
  const rows: FleetRow[] = [];
  for (let start = 0; start < tenants.length; start += maxNamedTenants) {
    const named = tenants.slice(start, start + maxNamedTenants);
    // A tenant may have several services; more than 1,000 releases of 50 tenants do not exist.
    const page = await api.listReleases({ tenants: named, limit: 1_000, signal });
    // A row that is missing would be taken for a tenant that is gone.
    if (page.unreadable) throw new UnreadableAnswerError('Some rows cannot be read');
    rows.push(...page.items);
  }
  return rows;
}

/**
 * Reads the rows of some tenants anew and puts them into every fleet that is in the cache. When that fails, the fleets
 * are out of date and read again as a whole, which shows what is wrong.
 */
export async function patchFleets(
  api: Pick<TenantReleasesApi, 'listReleases'>,
  client: QueryClient,
  tenants: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const isFleet = {
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => !!fleetOf(queryKey),
  };
  if (client.getQueryCache().findAll(isFleet).length === 0) return;
  let rows: FleetRow[];
  try {
    rows = await readRows(api, [...tenants], signal);
  } catch {
    if (!signal.aborted) await client.invalidateQueries(isFleet);
    return;
  }
  fleetPatchesOf(client).record({ tenants, rows });
  for (const { queryKey } of client.getQueryCache().findAll(isFleet)) {
    const service = fleetOf(queryKey)?.service;
    client.setQueryData<Fleet>(queryKey, fleet => {
      const own = rows.filter(row => !service || row.service === service);
      return fleet?.complete ? patchFleet(fleet, { tenants, rows: own }) : fleet;
    });
  }
}
