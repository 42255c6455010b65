import { ago, createRow } from '../testing/fixtures';
import { rowKey } from './fleet';
import { fleetVersions } from './fleetVersions';
import { matrixColumns, matrixItems, sortForMatrix } from './matrix';
import { ringName } from './ringName';

function row(tenant: string, ring: number, running: string[], ageDays: number) {
  return createRow({
    tenant,
    ring,
    ringName: ring === 0 ? 'canary' : undefined,
    desired: { version: running[0] ?? 'v1', ...seen(running[0] ?? 'v1', ageDays) },
    running: running.map((version, index) => ({
      version,
      pods: 1,
      ready: 1,
      ...seen(version, index === 0 ? ageDays : 1),
    })),
  });
}
/** `e` has no pods, and a file that nobody has read the history of. */
function seen(version: string, days: number) {
  return version === 'v1' && days > 4 ? {} : { firstSeen: ago(days * 86_400) };
}
const rows = [
  row('a', 1, ['v4'], 1),
  row('b', 0, ['v4'], 1),
  row('c', 1, ['v2'], 3),
  row('d', 1, ['v3', 'v4'], 2),
  row('e', 1, [], 9),
  row('f', -1, ['v1'], 4),
];
const versions = fleetVersions(rows);
const keyed = (list: typeof rows) => list.map(item => ({ key: rowKey(item), row: item }));

describe('matrixColumns', () => {
  it.each([
    [9, ['v4', 'v3', 'v2', 'v1']],
    [4, ['v4', 'v3', 'v2', 'v1']],
    [3, ['v4', 'v3', 'older']],
    [2, ['v4', 'older']],
  ])('with room for %d', (room, expected) => {
    const columns = matrixColumns(versions, room);
    expect(columns.map(({ id }) => id)).toEqual(expected);
    expect(columns.flatMap(column => column.versions)).toHaveLength(4);
  });

  it('has none when nothing runs', () => {
    expect(matrixColumns([], 5)).toEqual([]);
  });
});

describe('sortForMatrix', () => {
  it('orders by ring, then those first that are furthest behind', () => {
    expect(
      sortForMatrix(rows, versions)
        .map(({ tenant }) => tenant)
        .join(''),
    ).toBe('fbcdae');
  });
});

describe('matrixItems', () => {
  it('counts each ring and shows the releases of those that are open', () => {
    const sorted = sortForMatrix(rows, versions);
    const columns = matrixColumns(versions, 3);
    const items = matrixItems(keyed(sorted), versions, columns, ring => ring === 1);
    expect(items.map(({ key }) => key)).toEqual([
      'ring -1',
      'ring 0',
      'ring 1',
      'c/demo-api',
      'd/demo-api',
      'a/demo-api',
      'e/demo-api',
    ]);
    const ring = items[2];
    expect(ring).toMatchObject({ kind: 'ring', releases: 4, newest: 1, isOpen: true });
    expect(ring.kind === 'ring' && Object.fromEntries(ring.running)).toEqual({
      v4: 2,
      v3: 1,
      older: 1,
    });
    expect(items[3]).toMatchObject({ skew: { behind: 2, days: 2 } });
    expect(items[6]).toMatchObject({ skew: undefined });
  });
});

describe('ringName', () => {
  it.each([
    [-1, 'No ring', undefined],
    [0, 'Ring 0, canary', 'canary'],
    [0, 'Ring 0', undefined],
    [3, 'Ring 3', undefined],
  ])('%d: %s', (ring, expected, name) => {
    expect(ringName(ring, name)).toBe(expected);
  });
});
