import { ago, createRow } from '../testing/fixtures';
import { versionMultiples } from './versionMultiples';

const row = (tenant: string, ring: number, ...versions: Array<[string, number]>) =>
  createRow({
    tenant,
    ring,
    ringName: ring === 0 ? 'canary' : undefined,
    desired: undefined,
    running: versions.map(([version, days]) => ({
      version,
      pods: 1,
      ready: 1,
      firstSeen: ago(days * 86_400),
    })),
  });

describe('versionMultiples', () => {
  it('counts the same versions in the same order for each ring', () => {
    const { versions, rings } = versionMultiples([
      row('a', 1, ['old', 9]),
      row('b', 0, ['new', 1]),
      row('c', 1, ['new', 0.5], ['old', 9]),
      row('d', 1),
    ]);
    expect(versions.map(({ version }) => version)).toEqual(['new', 'old']);
    expect(rings).toEqual([
      {
        ring: 0,
        name: 'Ring 0, canary',
        releases: 1,
        newest: 1,
        shares: [
          { version: 'new', releases: 1 },
          { version: 'old', releases: 0 },
        ],
      },
      {
        ring: 1,
        name: 'Ring 1',
        releases: 3,
        newest: 1,
        shares: [
          { version: 'new', releases: 1 },
          { version: 'old', releases: 2 },
        ],
      },
    ]);
  });

  it('has no versions while nothing runs', () => {
    expect(versionMultiples([row('a', 1)]).versions).toEqual([]);
  });
});
