import { releaseStates } from '@internal/plugin-tenant-releases-common';
import { type Fleet, inOrder, patchFleet, reuseRows, rowsByKey } from '../domain/fleet';
import type { FleetPatches } from './FleetPatches';
import type { TenantReleasesApi } from './TenantReleasesApi';

/** The first page is what a screen shows, and small; the others are read in larger parts. */
const firstPage = 60;
const nextPages = 500;

/** All states but the one of which there is nothing to say. */
const worthALook = releaseStates.filter(state => state !== 'in-sync');

/** What {@link loadFleet} needs. */
export interface FleetLoad {
  api: Pick<TenantReleasesApi, 'listReleases'>;
  service?: string;
  /** The fleet as it was read before. */
  known?: Fleet;
  patches: FleetPatches;
  signal?: AbortSignal;
  /** Told of the rows so far, as long as no whole fleet is known. */
  onPart: (fleet: Fleet) => void;
}

/**
 * Reads all releases: the first page with the counts of all and, beside it, those that somebody should look at, which
 * stand at the top; then the others. Rows that say the same as before stay the same objects. A list that changes between two pages leaves out or repeats nothing: cursors name a place.
 */
export async function loadFleet(load: FleetLoad): Promise<Fleet> {
  const { api, service, known, patches, signal, onPart } = load;
  const knownRows = rowsByKey(known?.rows ?? []);
  const patchesSince = patches.begin();
  let since: ReturnType<typeof patchesSince> = [];
  let fleet: Fleet;
  try {
    const query = { service, signal };
    // Asked beside the first page, so that the rows which stand at the top are the first that come.
    const [first, ahead] = await Promise.all([
      api.listReleases({ ...query, limit: firstPage, counts: true }),
      known?.complete
        ? undefined
        : api.listReleases({ ...query, states: worthALook, limit: nextPages }),
    ]);
    const { counts, sources } = first;
    const top = reuseRows(ahead?.items ?? [], knownRows);
    let page = first;
    let rows = reuseRows(page.items, knownRows);
    let unreadable = page.unreadable ?? 0;
    while (page.nextCursor) {
      if (!known?.complete) {
        const all = [...rowsByKey([...top, ...rows]).values()].sort(inOrder);
        onPart({ rows: all, totalItems: page.totalItems, complete: false, counts, sources });
      }
      page = await api.listReleases({ ...query, limit: nextPages, cursor: page.nextCursor });
      rows = [...rows, ...reuseRows(page.items, knownRows)];
      unreadable += page.unreadable ?? 0;
    }
    fleet = {
      rows,
      totalItems: rows.length + unreadable,
      ...(unreadable > 0 ? { unreadable } : {}),
      complete: true,
      sources: page.sources,
      ...(page.notice ? { notice: page.notice } : {}),
    };
  } finally {
    since = patchesSince();
  }
  return since.reduce(
    (patched, { tenants, rows }) =>
      patchFleet(patched, {
        tenants,
        rows: rows.filter(row => !service || row.service === service),
      }),
    fleet,
  );
}
