import type { Release, VersionCommit } from '@internal/plugin-tenant-releases-common';
import { countVersions } from './countVersions';

const release = (
  tenant: string,
  desired: string | undefined,
  ...running: Array<[string, number]>
) =>
  ({
    tenant,
    displayName: `${tenant} Inc.`,
    ring: 1,
    ...(desired ? { desired: { version: desired } } : {}),
    running: running.map(([version, ready]) => ({ version, pods: 2, ready })),
  } as unknown as Release);

const source = { commit: 'c0ffee', title: 'feat: answer faster', author: 'Lin' };

const known: Record<string, { firstSeen: string; source?: VersionCommit }> = {
  v1: { firstSeen: '2026-01-01T00:00:00Z' },
  v2: { firstSeen: '2026-01-02T00:00:00+02:00' },
  v3: { firstSeen: '2026-01-02T00:00:00Z', source },
};

const facts = {
  factsOf: (version: string) => known[version] ?? {},
  isBad: (version: string) => version === 'v2',
};

describe('countVersions', () => {
  it('counts a tenant for each version that it has a ready pod of, newest version first', () => {
    const releases = [
      release('a', 'v3', ['v3', 1], ['v1', 1]),
      release('b', 'v3', ['v3', 0], ['v2', 2]),
      release('c', 'v1', ['v1', 2], ['unknown', 2]),
      release('d', 'v0'),
      release('e', undefined, ['unknown', 1]),
    ];
    const { versions, ...counts } = countVersions(releases, facts, false);
    expect(counts).toEqual({ tenants: 5, withoutPods: 2 });
    expect(versions).toEqual([
      { version: 'v3', running: 1, desired: 2, ...known.v3 },
      {
        version: 'v2',
        running: 1,
        desired: 0,
        firstSeen: '2026-01-02T00:00:00+02:00',
        isBad: true,
      },
      { version: 'v1', running: 2, desired: 1, firstSeen: '2026-01-01T00:00:00Z' },
      { version: 'v0', running: 0, desired: 1 },
    ]);
  });

  it('names each tenant once beside a version, and only where names are told', () => {
    const releases = [release('a', 'v1', ['v1', 2])];
    const named = countVersions(releases, facts, true).versions;
    expect(named[0].tenants).toEqual([{ tenant: 'a', displayName: 'a Inc.', ring: 1 }]);
    expect(JSON.stringify(countVersions(releases, facts, false))).not.toContain('Inc.');
  });
});
