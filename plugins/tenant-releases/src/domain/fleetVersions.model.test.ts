import { seeded } from '@internal/plugin-tenant-releases-common/testUtils';
import { createRow } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { fleetVersions, skewOf, versionOrder } from './fleetVersions';
import { matrixColumns } from './matrix';

const tenants = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
const start = Date.parse('2026-01-01T00:00:00Z');

/** A fleet in memory: which version each tenant has, when each version came first, and when each tenant got its own. */
class Fleet {
  readonly firstSeen = new Map<string, string>();
  readonly #held = new Map<string, { version: string; at: string }>();
  #clock = start;

  release(tenant: string, version: string): void {
    this.#clock += 60_000;
    const at = new Date(this.#clock).toISOString();
    this.#held.set(tenant, { version, at });
    if (!this.firstSeen.has(version)) this.firstSeen.set(version, at);
  }

  get versions(): string[] {
    return [...this.firstSeen.keys()];
  }

  /** The versions that somebody has, the newest first. */
  get inUse(): string[] {
    const held = new Set([...this.#held.values()].map(({ version }) => version));
    return this.versions.reverse().filter(version => held.has(version));
  }

  known(): NonNullable<Parameters<typeof fleetVersions>[1]> {
    return [...this.firstSeen].map(([version, firstSeen]) => ({
      version,
      services: ['demo-api'],
      tenants: 0,
      firstSeen,
    }));
  }

  rows(): FleetRow[] {
    return [...this.#held].map(([tenant, { version, at }]) => {
      const firstSeen = this.firstSeen.get(version);
      return createRow({
        tenant,
        desired: { version, author: 'Ada', committedAt: at, firstSeen },
        running: [{ version, pods: 2, ready: 2, since: at, firstSeen }],
      });
    });
  }
}

describe('order of versions', () => {
  it.each(Array.from({ length: 300 }, (_, seed) => seed))(
    'follows when a version first came, under any releases and roll-backs (%d)',
    seed => {
      const random = seeded(seed);
      const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
      const fleet = new Fleet();
      fleet.release('acme', 'v0');
      for (let step = 0; step < 30; step += 1) {
        const isNew = random() < 0.3;
        const version = isNew ? `v${fleet.versions.length}` : pick(fleet.versions);
        const isForAll = random() < 0.3;
        for (const tenant of isForAll ? tenants : [pick(tenants)]) fleet.release(tenant, version);

        const rows = fleet.rows();
        const versions = fleetVersions(rows, fleet.known());
        const order = versionOrder(versions);
        const newestFirst = fleet.versions.reverse();
        expect(versions.map(found => found.version)).toEqual(newestFirst);
        expect(order.get('demo-api')?.newest?.version).toBe(newestFirst[0]);
        expect(matrixColumns(versions, 100).map(({ id }) => id)).toEqual(fleet.inUse);
        for (const row of rows) {
          const behind = newestFirst.indexOf(row.running[0].version);
          expect(skewOf(row, order)?.behind).toBe(behind);
        }
        // Whatever is not in the list of versions: those that tenants have keep their order.
        expect(fleetVersions(rows).map(found => found.version)).toEqual(fleet.inUse);
      }
    },
  );
});
