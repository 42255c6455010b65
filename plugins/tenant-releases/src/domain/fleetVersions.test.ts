import { ago, createRow, now } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { describeSkew, fleetVersions, skewOf, versionOrder } from './fleetVersions';

const day = 86_400;
const wants = (version: string, firstSeen: number, author = 'Ada', committed = firstSeen) => ({
  version,
  author,
  committedAt: ago(committed),
  firstSeen: ago(firstSeen),
});
const runs = (version: string, firstSeen: number, pods = 1) => ({
  version,
  pods,
  ready: pods,
  // Pods come and go: they tell nothing of the order.
  since: ago(60),
  firstSeen: ago(firstSeen),
});
const rows: FleetRow[] = [
  createRow({ desired: wants('new', day, 'Otto', day / 2), running: [runs('new', day)] }),
  createRow({
    desired: wants('new', day, 'Lin'),
    running: [runs('middle', 3 * day, 2), runs('new', day)],
  }),
  createRow({
    desired: wants('old', 5.5 * day, 'Ada', 60),
    running: [runs('old', 5.5 * day)],
    reasons: [{ code: 'BAD_VERSION', text: 'loses orders' }],
  }),
  createRow({ desired: undefined, running: [{ version: 'nowhere', pods: 1, ready: 1 }] }),
  createRow({ running: [], desired: undefined }),
  createRow({
    service: 'other-api',
    desired: wants('other', 2 * day),
    running: [runs('other', 2 * day)],
  }),
];
const versions = fleetVersions(rows);
const own = (seconds?: number) => ({
  services: new Map([['demo-api', seconds && now - seconds * 1000]]),
  isInUse: true,
});

describe('fleetVersions', () => {
  it('are the newest first, with who brought them first and how many have them', () => {
    expect(versions).toEqual([
      {
        ...own(day),
        version: 'new',
        running: 2,
        desired: 2,
        firstSeen: now - day * 1000,
        author: 'Lin',
      },
      {
        version: 'other',
        services: new Map([['other-api', now - 2 * day * 1000]]),
        isInUse: true,
        running: 1,
        desired: 1,
        firstSeen: now - 2 * day * 1000,
        author: 'Ada',
      },
      {
        ...own(3 * day),
        version: 'middle',
        running: 1,
        desired: 0,
        firstSeen: now - 3 * day * 1000,
      },
      {
        ...own(5.5 * day),
        version: 'old',
        running: 1,
        desired: 1,
        firstSeen: now - 5.5 * day * 1000,
        bad: 'loses orders',
      },
      { ...own(), version: 'nowhere', running: 1, desired: 0 },
    ]);
  });

  it('marks the bad version that pods still run, not the one that Git goes back to', () => {
    const found = fleetVersions([
      createRow({
        desired: wants('old', 5 * day, 'Ada', 60),
        running: [runs('new', day)],
        reasons: [{ code: 'BAD_VERSION', text: 'Pods still run new', version: 'new' }],
      }),
    ]);
    expect(found.map(({ version, bad }) => [version, bad])).toEqual([
      ['new', 'Pods still run new'],
      ['old', undefined],
    ]);
  });

  it('does not say that a version runs whose pods were never ready', () => {
    const [found] = fleetVersions([
      createRow({
        desired: wants('new', day),
        running: [{ ...runs('new', day), ready: 0, neverReady: true }],
      }),
    ]);
    expect(found).toMatchObject({ running: 0, desired: 1 });
  });

  it('orders versions that came with one commit by their own', () => {
    const built = (version: string, seconds: number) =>
      createRow({
        desired: {
          ...wants(version, day),
          source: { commit: 'c', title: version, committedAt: ago(seconds) },
        },
        running: [],
      });
    const found = fleetVersions([built('a', 3 * day), built('b', 2 * day), built('c', 4 * day)]);
    expect(found.map(({ version }) => version)).toEqual(['b', 'a', 'c']);
  });
});

it('orders the versions of each service by its own times, though services share a tag', () => {
  const rowOf = (service: string, version: string, days: number) =>
    createRow({
      service,
      desired: wants(version, days * day),
      running: [runs(version, days * day)],
    });
  const shared = [
    rowOf('one', 'v1', 9),
    rowOf('one', 'v2', 5),
    // The other service had v2 first, and came to v1 by its own count.
    rowOf('two', 'v2', 6),
    rowOf('two', 'v1', 2),
  ];
  const order = versionOrder(
    fleetVersions(shared, [
      { version: 'v1', services: ['one', 'two'], tenants: 2, firstSeen: ago(9 * day) },
    ]),
  );
  expect(shared.map(row => describeSkew(skewOf(row, order)))).toEqual([
    '1 behind, 4 days',
    'newest',
    '1 behind, 4 days',
    'newest',
  ]);
});

describe('fleetVersions of which nobody has the newest any more', () => {
  it('does not make the one that all were rolled back to the newest', () => {
    const release = createRow({
      desired: wants('v1', 2 * day, 'Ada', 60),
      running: [runs('v1', 2 * day)],
    });
    const known = [
      { version: 'v2', services: ['demo-api'], tenants: 0, firstSeen: ago(day) },
      { version: 'v3', services: ['demo-api'], tenants: 0 },
    ];
    const found = fleetVersions([release], known);
    expect(found.map(({ version, isInUse }) => [version, isInUse])).toEqual([
      ['v2', false],
      ['v1', true],
    ]);
    expect(describeSkew(skewOf(release, versionOrder(found)))).toBe('1 behind, 1 day');
  });
});

describe('skewOf', () => {
  it.each([
    [0, 'newest known'],
    [1, '1 or more behind, 2 days'],
    [2, '2 or more behind, 4 days'],
    [3, 'not known'],
    [4, 'not known'],
    [5, 'newest'],
  ])('of row %d: %s', (index, expected) => {
    expect(describeSkew(skewOf(rows[index], versionOrder(versions)))).toBe(expected);
  });

  it.each([
    [{ behind: 1, days: 1 }, '1 behind, 1 day'],
    [{ behind: 3, days: 0 }, '3 behind, under 1 day'],
  ])('%j: %s', (skew, expected) => {
    expect(describeSkew(skew)).toBe(expected);
  });
});
