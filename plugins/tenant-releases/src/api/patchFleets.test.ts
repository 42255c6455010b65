import { QueryClient } from '@tanstack/react-query';
import type { Fleet } from '../domain/fleet';
import { createList, createRow } from '../testing/fixtures';
import { patchFleets } from './patchFleets';
import { queryKeys } from './queryKeys';

const { signal } = new AbortController();
const fleet = (...tenants: string[]): Fleet => ({
  rows: tenants.map(tenant => createRow({ tenant })),
  totalItems: tenants.length,
  complete: true,
  sources: [],
});

function createClient(data: Record<string, Fleet>) {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
  for (const [service, value] of Object.entries(data)) {
    client.setQueryData(queryKeys.releases(service || undefined), value);
  }
  const rows = (service?: string) =>
    client
      .getQueryData<Fleet>(queryKeys.releases(service))
      ?.rows.map(row => `${row.tenant}/${row.service} ${row.state}`);
  return { client, rows };
}

describe('patchFleets', () => {
  it('puts the rows into each fleet that they belong to', async () => {
    const { client, rows } = createClient({ '': fleet('a', 'b'), other: fleet() });
    const listReleases = jest.fn(async () =>
      createList([
        createRow({ tenant: 'b', state: 'held' }),
        createRow({ tenant: 'b', service: 'other' }),
      ]),
    );
    await patchFleets({ listReleases }, client, new Set(['b']), signal);
    expect(rows()).toEqual(['a/demo-api in-sync', 'b/demo-api held', 'b/other in-sync']);
    expect(rows('other')).toEqual(['b/other in-sync']);
    expect(listReleases).toHaveBeenCalledTimes(1);
  });

  it('asks for fifty tenants at a time', async () => {
    const { client } = createClient({ '': fleet('a') });
    const listReleases = jest.fn(async (_?: { tenants?: readonly string[] }) => createList([]));
    const tenants = new Set(Array.from({ length: 120 }, (_, index) => `t${index}`));
    await patchFleets({ listReleases }, client, tenants, signal);
    expect(listReleases.mock.calls.map(([query]) => query?.tenants?.length)).toEqual([50, 50, 20]);
  });

  it('asks for nothing when no fleet is known', async () => {
    const { client } = createClient({});
    const listReleases = jest.fn(async () => createList([]));
    await patchFleets({ listReleases }, client, new Set(['a']), signal);
    expect(listReleases).not.toHaveBeenCalled();
  });

  it('has the fleets read again when the rows cannot be read', async () => {
    const { client, rows } = createClient({ '': fleet('a') });
    const listReleases = async () => {
      throw new TypeError('Failed to fetch');
    };
    await patchFleets({ listReleases }, client, new Set(['a']), signal);
    expect(client.getQueryState(queryKeys.releases())?.isInvalidated).toBe(true);
    expect(rows()).toEqual(['a/demo-api in-sync']);
  });

  it('takes a row that cannot be read for no tenant that is gone', async () => {
    const { client, rows } = createClient({ '': fleet('a') });
    const listReleases = async () => ({ ...createList([]), unreadable: 1 });
    await patchFleets({ listReleases }, client, new Set(['a']), signal);
    expect(client.getQueryState(queryKeys.releases())?.isInvalidated).toBe(true);
    expect(rows()).toEqual(['a/demo-api in-sync']);
  });
});
