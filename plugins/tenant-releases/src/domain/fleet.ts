import {
  releasePageSchema,
  releaseSchema,
  type ReleaseList,
  type ReleaseState,
  type SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { z } from 'zod';

/** What a list of many releases is asked for, besides tenant, service and environment: no links, nothing that no list shows. */
const fields = {
  displayName: true,
  tier: true,
  ring: true,
  ringName: true,
  owner: true,
  contact: true,
  cluster: true,
  desired: true,
  synced: true,
  running: true,
  state: true,
  delivery: true,
  serving: true,
  reasons: true,
  hold: true,
  gitSource: true,
  staleSeconds: true,
} as const;

/** The parameter `fields` of a list of many releases. */
export const fleetFields = Object.keys(fields).join(',');

const fleetRowSchema = releaseSchema.pick({
  tenant: true,
  service: true,
  environment: true,
  ...fields,
});

/** `GET /releases` with {@link fleetFields} */
export const fleetPageSchema = releasePageSchema(fleetRowSchema);

/** One release of many. */
export type FleetRow = z.infer<typeof fleetRowSchema>;

/** One page of `GET /releases`; `unreadable` is how many further rows of it cannot be read. */
export type FleetPage = z.infer<typeof fleetPageSchema>;

/** Every release that the user may read, or as many of them as have come so far. */
export interface Fleet {
  /** Ordered by tenant and service. */
  rows: readonly FleetRow[];
  /** How many further rows cannot be read. */
  unreadable?: number;
  /** How many there are altogether. */
  totalItems: number;
  /** Whether {@link rows} are all there are. */
  complete: boolean;
  /** How many of all are in each state, as the server counted them; only while rows are missing. */
  counts?: Record<ReleaseState, number>;
  sources: SourceStatus[];
  /** Why there is none for this user, while {@link rows} are none. */
  notice?: ReleaseList['notice'];
}

/** The rows of some tenants, read anew; a tenant without a row is gone. */
export interface FleetPatch {
  tenants: ReadonlySet<string>;
  rows: readonly FleetRow[];
}

/** Names a row among all; tenant and service hold no slash. */
export function rowKey({
  tenant,
  service,
  environment,
}: Pick<FleetRow, 'tenant' | 'service' | 'environment'>): string {
  return environment === undefined ? `${tenant}/${service}` : `${tenant}/${service}/${environment}`;
}

/** Compares texts by their code units: the order of the server, and quick for thousands. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The order of the server: by tenant, service and environment. */
export const inOrder = (a: FleetRow, b: FleetRow) =>
  compareTexts(a.tenant, b.tenant) ||
  compareTexts(a.service, b.service) ||
  compareTexts(a.environment ?? '', b.environment ?? '');

/** Rows that say the same as a known one become that one, so that nothing is drawn again for them. */
export function reuseRows(
  rows: readonly FleetRow[],
  known: ReadonlyMap<string, FleetRow>,
): FleetRow[] {
  return rows.map(row => {
    const before = known.get(rowKey(row));
    return before && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
}

/** Known rows by their key. */
export function rowsByKey(rows: readonly FleetRow[]): Map<string, FleetRow> {
  return new Map(rows.map(row => [rowKey(row), row]));
}

/**
 * Puts rows that were read anew in the place of the old ones.
 *
 * @returns the same fleet when nothing has changed
 */
export function patchFleet(fleet: Fleet, { tenants, rows }: FleetPatch): Fleet {
  const old = fleet.rows.filter(({ tenant }) => tenants.has(tenant));
  const fresh = rowsByKey(reuseRows(rows, rowsByKey(old)));
  if (old.length === fresh.size && old.every(row => fresh.get(rowKey(row)) === row)) return fleet;
  const stays = old.length === fresh.size && old.every(row => fresh.has(rowKey(row)));
  const patched = stays
    ? fleet.rows.map(row => fresh.get(rowKey(row)) ?? row)
    : [...fleet.rows.filter(({ tenant }) => !tenants.has(tenant)), ...fresh.values()].sort(inOrder);
  return { ...fleet, rows: patched, totalItems: fleet.totalItems + fresh.size - old.length };
}
