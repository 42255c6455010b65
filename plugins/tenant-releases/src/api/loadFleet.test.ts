import type { Fleet, FleetPage, FleetRow } from '../domain/fleet';
import { createRow, createSource } from '../testing/fixtures';
import { FleetPatches } from './FleetPatches';
import { loadFleet } from './loadFleet';
import type { ReleaseQuery } from './TenantReleasesApi';

const rows = ['a', 'b', 'c'].map(tenant => createRow({ tenant }));
const counts = { degraded: 0, drifted: 0, progressing: 0, unknown: 0, held: 0, 'in-sync': 3 };

/** A list of three pages of one row each; `meanwhile` is called before each page is answered. */
function createPages(served: FleetRow[] = rows, meanwhile: (page: number) => void = () => {}) {
  return jest.fn(async (query: ReleaseQuery = {}): Promise<FleetPage> => {
    const { cursor, counts: wantsCounts, states } = query;
    if (states) {
      const items = served.filter(({ state }) => states.includes(state));
      return { items, totalItems: items.length, sources: [createSource()] };
    }
    const page = Number(cursor ?? 0);
    meanwhile(page);
    return {
      items: [served[page]],
      totalItems: served.length,
      nextCursor: page + 1 < served.length ? String(page + 1) : undefined,
      counts: wantsCounts ? counts : undefined,
      sources: [createSource()],
    };
  });
}

async function load(listReleases: ReturnType<typeof createPages>, known?: Fleet) {
  const patches = new FleetPatches();
  const parts: Fleet[] = [];
  const fleet = await loadFleet({
    api: { listReleases },
    known,
    patches,
    onPart: part => parts.push(part),
  });
  return { fleet, parts };
}

describe('loadFleet', () => {
  it('keeps why there is none', async () => {
    const notice = { code: 'NONE_VISIBLE' as const, text: 'Ask the platform team.' };
    const empty = jest.fn(async () => ({ items: [], totalItems: 0, sources: [], notice }));
    const { fleet } = await load(empty as never);
    expect(fleet).toEqual({ rows: [], totalItems: 0, complete: true, sources: [], notice });
  });

  it('adds up the rows of all pages that cannot be read', async () => {
    const pages = createPages();
    const { fleet } = await load(
      jest.fn(async query => ({ ...(await pages(query)), unreadable: 2 })),
    );
    expect(fleet).toMatchObject({ rows, unreadable: 6, totalItems: 9 });
  });

  it('shows the first rows and the counts of all at once, then the rest', async () => {
    const listReleases = createPages();
    const { fleet, parts } = await load(listReleases);
    expect(parts.map(({ rows: some }) => some.length)).toEqual([1, 2]);
    expect(parts[0]).toMatchObject({ totalItems: 3, complete: false, counts });
    expect(fleet).toEqual({ rows, totalItems: 3, complete: true, sources: [createSource()] });
    expect(listReleases.mock.calls.map(([query]) => query?.limit)).toEqual([60, 500, 500, 500]);
  });

  it('shows those that somebody should look at before the others', async () => {
    const degraded = createRow({ tenant: 'c', state: 'degraded' });
    const listReleases = createPages([rows[0], rows[1], degraded]);
    const { fleet, parts } = await load(listReleases);
    expect(parts.map(({ rows: some }) => some.map(({ tenant }) => tenant).join(''))).toEqual([
      'ac',
      'abc',
    ]);
    expect(fleet.rows.map(({ tenant }) => tenant)).toEqual(['a', 'b', 'c']);
    expect(listReleases.mock.calls[1][0]?.states).not.toContain('in-sync');
  });

  it('keeps a known fleet on the screen until all is read, and its rows that stay the same', async () => {
    const known: Fleet = { rows, totalItems: 3, complete: true, sources: [] };
    const again = [createRow({ tenant: 'a' }), createRow({ tenant: 'b', ring: 3 }), rows[2]];
    const { fleet, parts } = await load(createPages(again), known);
    expect(parts).toEqual([]);
    expect(fleet.rows[0]).toBe(rows[0]);
    expect(fleet.rows[1]).toBe(again[1]);
  });

  it('does not undo a patch that came while it was reading', async () => {
    const patches = new FleetPatches();
    const held = createRow({ tenant: 'a', state: 'held' });
    const listReleases = createPages(rows, page => {
      if (page === 1) patches.record({ tenants: new Set(['a']), rows: [held] });
    });
    const fleet = await loadFleet({ api: { listReleases }, patches, onPart: () => {} });
    expect(fleet.rows.map(({ state }) => state)).toEqual(['held', 'in-sync', 'in-sync']);
    // Nothing is kept for a load that has ended.
    expect(patches.begin()()).toEqual([]);
  });

  it('fails with the page that fails, and forgets its patches', async () => {
    const patches = new FleetPatches();
    const listReleases = createPages(rows, page => {
      if (page === 1) throw new TypeError('Failed to fetch');
    });
    const onPart = jest.fn();
    await expect(loadFleet({ api: { listReleases }, patches, onPart })).rejects.toThrow(TypeError);
    expect(onPart).toHaveBeenCalledTimes(1);
    patches.record({ tenants: new Set(['a']), rows: [] });
    expect(patches.begin()()).toEqual([]);
  });
});
