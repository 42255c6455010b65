import { type FleetRow, compareTexts } from './fleet';
import {
  type FleetVersion,
  type Skew,
  type VersionOrder,
  skewOf,
  versionOrder,
} from './fleetVersions';
import { ringName } from './ringName';
import { startedVersions } from './version';

/** A column of the matrix: a version, or all that are older than those with a column. */
export interface MatrixColumn {
  id: string;
  versions: readonly FleetVersion[];
}

/** A tenant's release in the matrix. */
export interface MatrixRow {
  kind: 'release';
  key: string;
  row: FleetRow;
  skew?: Skew;
}

/** A ring with how many of its releases run the versions of each column. */
export interface MatrixRing {
  kind: 'ring';
  key: string;
  ring: number;
  /** What people call it. */
  name: string;
  isOpen: boolean;
  releases: number;
  /** By the column's id. */
  running: ReadonlyMap<string, number>;
  /** How many run the newest version of their service with most of their pods, 0 to {@link releases}. */
  newest: number;
}

/** Where the versions that have no column of their own are. */
const olderId = 'older';

/**
 * Gives the newest versions in use a column each, and all others one together.
 *
 * @param room - how many columns there is room for, at least 2
 */
export function matrixColumns(all: readonly FleetVersion[], room: number): MatrixColumn[] {
  const versions = all.filter(({ isInUse }) => isInUse);
  const own = versions.length <= room ? versions.length : room - 1;
  const columns = versions
    .slice(0, own)
    .map(version => ({ id: version.version, versions: [version] }));
  const older = versions.slice(own);
  return older.length > 0 ? [...columns, { id: olderId, versions: older }] : columns;
}

/** The column of each version. */
export function columnOfVersion(columns: readonly MatrixColumn[]): Map<string, string> {
  return new Map(
    columns.flatMap(({ id, versions }) =>
      versions.map(({ version }) => [version, id] as [string, string]),
    ),
  );
}

/** Releases by ring, and in a ring those first that are furthest behind; those of which nothing is known are last. */
export function sortForMatrix(
  rows: readonly FleetRow[],
  versions: readonly FleetVersion[],
): FleetRow[] {
  const order = versionOrder(versions);
  const behind = new Map(rows.map(row => [row, skewOf(row, order)?.behind ?? -1]));
  return [...rows].sort(
    (a, b) =>
      a.ring - b.ring ||
      behind.get(b)! - behind.get(a)! ||
      compareTexts(a.tenant, b.tenant) ||
      compareTexts(a.service, b.service),
  );
}

function ringOf(
  ring: number,
  rows: readonly FleetRow[],
  columns: readonly MatrixColumn[],
  order: VersionOrder,
  isOpen: boolean,
): MatrixRing {
  const columnOf = columnOfVersion(columns);
  const running = new Map<string, number>();
  let newest = 0;
  for (const row of rows) {
    const started = startedVersions(row);
    const ids = new Set(started.map(({ version }) => columnOf.get(version) ?? olderId));
    for (const id of ids) running.set(id, (running.get(id) ?? 0) + 1);
    // A canary of the newest makes no release that is behind the newest: its row says how far it is behind.
    if (skewOf(row, order)?.behind === 0) newest += 1;
  }
  return {
    kind: 'ring',
    key: `ring ${ring}`,
    ring,
    name: ringName(ring, rows[0]?.ringName),
    isOpen,
    releases: rows.length,
    running,
    newest,
  };
}

/**
 * The rows of the matrix: each ring, and under those that are open their releases.
 *
 * @param rows - in the order of {@link sortForMatrix}
 */
export function matrixItems(
  rows: ReadonlyArray<{ key: string; row: FleetRow }>,
  versions: readonly FleetVersion[],
  columns: readonly MatrixColumn[],
  isOpen: (ring: number) => boolean,
): Array<MatrixRing | MatrixRow> {
  const order = versionOrder(versions);
  const rings = new Map<number, Array<{ key: string; row: FleetRow }>>();
  for (const item of rows) {
    const known = rings.get(item.row.ring);
    if (known) known.push(item);
    else rings.set(item.row.ring, [item]);
  }
  return [...rings]
    .sort(([a], [b]) => a - b)
    .flatMap(([ring, items]) => {
      const head = ringOf(
        ring,
        items.map(({ row }) => row),
        columns,
        order,
        isOpen(ring),
      );
      const releases = head.isOpen
        ? items.map(
            ({ key, row }): MatrixRow => ({
              kind: 'release',
              key,
              row,
              skew: skewOf(row, order),
            }),
          )
        : [];
      return [head, ...releases];
    });
}
