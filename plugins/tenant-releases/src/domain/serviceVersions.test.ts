import { createServiceVersion, createServiceVersions } from '../testing/serviceFixtures';
import { commitSpan, serviceSentence, tellsMore, unmeasured } from './serviceVersions';

const newest = createServiceVersion({ running: 9, serving: { errorRatio: 0.33 } });
const old = createServiceVersion({ version: 'sha-0000001', running: 2 });
const unread = createServiceVersion({ version: 'sha-2222222', firstSeen: undefined });
const gone = createServiceVersion({ version: 'sha-0000000', running: 0, desired: 1 });

describe('serviceSentence', () => {
  it.each([
    [{ tenants: 0 }, 'You see no tenant of demo-api here.'],
    [
      { tenants: 0, notice: { code: 'NO_TENANTS' as const, text: '' } },
      'No tenant has demo-api yet.',
    ],
    [{ tenants: 2 }, '2 tenants of demo-api, of which no version is known.'],
    [
      { tenants: 1, versions: [{ ...newest, running: 1 }] },
      '1 of 1 tenant runs the newest version of demo-api, sha-1a2b3c4; 33 % of the requests of the newest fail.',
    ],
    [
      { tenants: 10, versions: [newest, { ...unread, running: 1, desired: 0 }] },
      '9 of 10 tenants run the newest version of demo-api, sha-1a2b3c4; 1 other version runs; 33 % of the requests of the newest fail.',
    ],
    [
      { tenants: 1, versions: [newest, unread] },
      '1 tenant has 2 versions of demo-api; which is the newest is not known yet.',
    ],
    [
      { tenants: 9, versions: [newest] },
      '9 of 9 tenants run the newest version of demo-api, sha-1a2b3c4; 33 % of the requests of the newest fail.',
    ],
    [
      { tenants: 11, versions: [newest, old, unread] },
      '11 tenants have 3 versions of demo-api; which is the newest is not known yet.',
    ],
    [
      {
        tenants: 12,
        withoutPods: 1,
        versions: [
          { ...newest, isBad: true as const, serving: undefined, notMeasured: 'No.' },
          old,
          gone,
        ],
      },
      '9 of 12 tenants run the newest version of demo-api, sha-1a2b3c4, which is on the list of bad versions; 1 older version runs; 1 tenant has no ready pod; whether the newest serves is not told.',
    ],
  ])('of %j', (part, expected) => {
    expect(serviceSentence(createServiceVersions({ shows: 'numbers', ...part }))).toBe(expected);
  });
});

it('tells more than the rows only where others are counted', () => {
  const answer = createServiceVersions({ tenants: 5, readable: 1 });
  expect([tellsMore(answer), tellsMore({ ...answer, readable: 5 })]).toEqual([true, false]);
});

it('says each reason once', () => {
  const versions = ['a', 'b', 'c'].map(version =>
    createServiceVersion({ version, notMeasured: version === 'c' ? 'Other.' : 'Too few.' }),
  );
  expect(unmeasured([...versions, old])).toEqual([
    { text: 'Too few.', versions: ['a', 'b'] },
    { text: 'Other.', versions: ['c'] },
  ]);
});

it.each([
  [[newest, old, gone], { from: 'sha-0000001', to: 'sha-1a2b3c4' }],
  [[gone, newest], { from: 'sha-1a2b3c4', to: 'sha-0000000' }],
  [[newest, old, unread], undefined],
  [[newest], undefined],
  [[newest, gone], undefined],
  [[], undefined],
])('spans from the oldest that runs to the newest', (versions, expected) => {
  expect(commitSpan(versions)).toEqual(expected);
});
