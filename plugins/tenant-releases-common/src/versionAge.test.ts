import { compareVersionAges, type VersionAge } from './versionAge';

const built = (version: string, committedAt?: string): VersionAge => ({
  version,
  firstSeen: '2026-01-02T00:00:00Z',
  source: { committedAt },
});

it('orders by first sight, then by the commit that a version was built from, then by name', () => {
  const versions = [
    { version: 'z' },
    { version: 'y', firstSeen: 'never' },
    built('c', '2026-01-01T01:00:00Z'),
    built('b'),
    built('a', '2026-01-01T02:00:00Z'),
    { version: 'old', firstSeen: Date.parse('2026-01-01T00:00:00Z') },
    { version: 'new', firstSeen: Date.parse('2026-01-03T00:00:00Z') },
  ];
  expect([...versions].sort(compareVersionAges).map(({ version }) => version)).toEqual([
    'new',
    'a',
    'c',
    'b',
    'old',
    'y',
    'z',
  ]);
});
