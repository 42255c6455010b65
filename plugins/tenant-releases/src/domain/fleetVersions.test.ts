import { ago, createRow, now } from '../testing/fixtures';
import type { FleetRow } from './fleet';
import { describeSkew, fleetVersions, skewOf, versionPlaces } from './fleetVersions';

const day = 86_400;
const wants = (version: string, seconds: number, author = 'Ada') => ({
  version,
  author,
  committedAt: ago(seconds),
});
const runs = (version: string, seconds: number, pods = 1) => ({
  version,
  pods,
  ready: pods,
  since: ago(seconds),
});
const rows: FleetRow[] = [
  createRow({ desired: wants('new', day, 'Lin'), running: [runs('new', day - 60)] }),
  createRow({
    desired: wants('new', day / 2, 'Otto'),
    running: [runs('middle', 3 * day, 2), runs('new', 60)],
  }),
  createRow({
    desired: wants('old', 5.5 * day),
    running: [runs('old', 60)],
    reasons: [{ code: 'BAD_VERSION', text: 'loses orders' }],
  }),
  createRow({ desired: undefined, running: [{ version: 'nowhere', pods: 1, ready: 1 }] }),
  createRow({ running: [], desired: undefined }),
];
const versions = fleetVersions(rows);
const places = versionPlaces(versions);

describe('fleetVersions', () => {
  it('are the newest first, with who brought them and how many have them', () => {
    expect(versions).toEqual([
      { version: 'new', running: 2, desired: 2, firstSeen: now - day * 1000, author: 'Lin' },
      { version: 'middle', running: 1, desired: 0, firstSeen: now - 3 * day * 1000 },
      {
        version: 'old',
        running: 1,
        desired: 1,
        firstSeen: now - 5.5 * day * 1000,
        author: 'Ada',
        bad: 'loses orders',
      },
      { version: 'nowhere', running: 1, desired: 0 },
    ]);
  });
});

describe('skewOf', () => {
  it.each([
    [0, 'newest'],
    [1, '1 behind, 2 days'],
    [2, '2 behind, 4 days'],
    [3, '3 behind'],
    [4, 'not known'],
  ])('of row %d: %s', (index, expected) => {
    expect(describeSkew(skewOf(rows[index], versions, places))).toBe(expected);
  });

  it.each([
    [{ behind: 1, days: 1 }, '1 behind, 1 day'],
    [{ behind: 3, days: 0 }, '3 behind, under 1 day'],
  ])('%j: %s', (skew, expected) => {
    expect(describeSkew(skew)).toBe(expected);
  });
});
