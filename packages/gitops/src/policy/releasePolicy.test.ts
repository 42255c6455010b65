import { emptyReleasePolicy, parseReleasePolicy, type ReleasePolicy } from './releasePolicy';
import {
  badVersion,
  freezeEdges,
  freezeFor,
  freezeWindow,
  isBadVersion,
  ringOrder,
  ringTitle,
} from './releasePolicyRules';
import { formatYamlProblem } from '../yaml/yamlProblem';

const text = `rings:
  - { ring: 0, name: canary }
  - { ring: 1, name: early }
badVersions:
  - { version: sha-1a2b3c4, reason: "500s", by: user:default/ada, since: 2026-11-23T10:00:00Z }
freezes:
  - { tenants: [tenant-a], from: 2026-12-20T00:00:00Z, until: 2027-01-02T00:00:00Z, reason: sale }
  - { tiers: [premium], rings: [3], from: 2026-12-24T00:00:00+01:00, until: 2026-12-27T00:00:00+01:00, reason: holidays }
  - { all: true, from: 2026-12-31T00:00:00Z, until: 2027-01-01T12:00:00Z, reason: new year }
`;

function policy(source = text): ReleasePolicy {
  const result = parseReleasePolicy(source);
  if (!result.ok) throw new Error(result.problems.map(formatYamlProblem).join('\n'));
  return result.policy;
}

describe('parseReleasePolicy', () => {
  it.each([
    ['an empty file', ''],
    ['comments only', '# nothing\n'],
    ['empty lists', 'rings: []\nbadVersions: []\nfreezes: []\n'],
    ['lists without a value', 'rings:\nbadVersions: ~\nfreezes: null\n'],
  ])('reads %s as no rules', (_, source) => {
    expect(policy(source)).toEqual({ rings: [], badVersions: [], freezes: [] });
  });

  it('says everything in its own words, whatever stands where', () => {
    const whole = {
      rings: [{ ring: 0, name: 'a', description: 'b' }],
      badVersions: [{ version: 'v1', reason: 'r', by: 'b', since: '2026-12-20T00:00:00Z' }],
      freezes: [
        {
          tenants: ['acme'],
          tiers: ['free'],
          rings: [1],
          from: '2026-12-20T00:00:00Z',
          until: '2026-12-21T00:00:00Z',
          reason: 'r',
          by: 'b',
          all: undefined,
        },
      ],
    };
    const wrong = ['', 'x y', 'X'.repeat(600), '2026-01-02', 0.5, -1, 99, true, null, [], [1], {}];
    const long = [Array(1001).fill(1), ['gold'], [99], ['A B']];
    const said = Object.entries(whole).flatMap(([list, [entry]]) =>
      [...wrong, ...long].flatMap(value =>
        [
          { ...whole, [list]: value },
          { ...whole, [list]: [value] },
          ...Object.keys(entry).map(key => ({ ...whole, [list]: [{ ...entry, [key]: value }] })),
        ].flatMap(changed => {
          const result = parseReleasePolicy(JSON.stringify(changed));
          return result.ok ? [] : result.problems.map(problem => problem.text);
        }),
      ),
    );
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter(words => /invalid|expected|too (big|small)/i.test(words))).toEqual([]);
  });

  const freeze = (more: string) => `freezes:\n  - ${more}\n    reason: r\n`;
  const window = 'from: 2026-12-20T00:00:00Z\n    until: 2026-12-21T00:00:00Z';

  it.each([
    ['a list', '- 1\n', 'line 1: file: '],
    ['no YAML', 'rings: [\n', 'line 2: rings: is indented wrongly'],
    [
      'a key twice',
      'rings: []\nrings: []\n',
      'line 2: rings: stands here a second time, after line 1',
    ],
    ['an unknown key', 'rings: []\nfreeze: []\n', 'line 2: freeze: is not a key of this file'],
    [
      'a ring twice',
      'rings:\n  - { ring: 1, name: a }\n  - { ring: 1, name: b }\n',
      'line 3: rings.1.ring: must be higher',
    ],
    [
      'a ring out of range',
      'rings:\n  - ring: 10\n    name: a\n',
      'line 2: rings.0.ring: must be a whole number from 0 to 9',
    ],
    [
      'an unknown tier',
      freeze(`${window}\n    tiers: [gold]`),
      'line 4: freezes.0.tiers.0: must be one of free, standard, premium',
    ],
    [
      'latest',
      'badVersions:\n  - version: latest\n    reason: r\n',
      'line 2: badVersions.0.version: must be an image tag',
    ],
    ['a version without a reason', 'badVersions:\n  - version: sha-1\n', 'badVersions.0.reason: '],
    ['a freeze of nobody', freeze(window), 'line 2: freezes.0: names nobody: add tenants'],
    ['a text for a list', 'rings: x\n', 'line 1: rings: must be a list'],
    [
      'a number for a version',
      'badVersions:\n  - { version: 1234567, reason: x }\n',
      'line 2: badVersions.0.version: must be a text: put it in quotes',
    ],
    [
      'a bad version without a reason',
      'badVersions:\n  - version: sha-1\n',
      'line 2: badVersions.0.reason: is missing',
    ],
    [
      'a freeze of an empty list',
      freeze(`${window}\n    rings: []`),
      'line 4: freezes.0.rings: is empty',
    ],
    [
      'a freeze of all and some',
      freeze(`${window}\n    all: true\n    rings: [1]`),
      'line 4: freezes.0.all: stands beside',
    ],
    [
      'a date',
      freeze('all: true\n    from: 2026-12-20\n    until: 2026-12-21T00:00:00Z'),
      'line 3: freezes.0.from: must be an instant',
    ],
    [
      'a day that is not',
      freeze('all: true\n    from: 2026-02-20T00:00:00Z\n    until: 2026-02-30T00:00:00Z'),
      'line 4: freezes.0.until: must be an instant',
    ],
    [
      'a window that ends before it begins',
      freeze('all: true\n    from: 2026-12-22T00:00:00Z\n    until: 2026-12-22T00:00:00+01:00'),
      'line 4: freezes.0.until: must be later than from',
    ],
    [
      'a reserved name',
      freeze(`${window}\n    tenants: [argocd]`),
      'line 4: freezes.0.tenants.0: "argocd" is reserved',
    ],
    [
      'aliases that explode',
      `a: &a [1, 1]\nb: &b [${'*a, '.repeat(99)}]\nc: [${'*b, '.repeat(99)}]\n`,
      'line 3: c: is an alias with which the file grows into far more than it says',
    ],
    ['too much', `# ${'x'.repeat(300_000)}\n`, 'file: is larger than 256 KiB'],
  ])('refuses %s', (_, source, expected) => {
    const result = parseReleasePolicy(source);
    expect(result.ok ? [] : result.problems.map(formatYamlProblem)).toContainEqual(
      expect.stringContaining(expected),
    );
  });
});

describe('the problems of a policy', () => {
  const window = 'from: 2026-12-20T00:00:00Z, until: 2026-12-21T00:00:00Z';
  const bad = (entry: string) => `badVersions: [{ version: sha-1, reason: r, ${entry} }]`;
  const freeze = (entry: string) => `freezes: [{ ${window}, reason: r, ${entry} }]`;
  const problemsOf = (source: string) => {
    const result = parseReleasePolicy(source);
    return result.ok ? [] : result.problems.map(({ key, text: what }) => `${key}: ${what}`);
  };

  it.each<[source: string, problem: string]>([
    ['rings: 1', 'rings: must be a list'],
    ['rings: [1]', 'rings.0: must be a block of keys'],
    ['rings: [{ ring: 1 }]', 'rings.0.name: is missing'],
    ['rings: [{ ring: x, name: a }]', 'rings.0.ring: must be a whole number from 0 to 9'],
    ['rings: [{ ring: 1, name: "" }]', 'rings.0.name: must be a short name, for example canary'],
    [
      'rings: [{ ring: 2, name: a }, { ring: 1, name: b }]',
      'rings.1.ring: must be higher than the ring before it: the list is the order of promotion',
    ],
    [
      'badVersions: [{ version: 1, reason: r }]',
      'badVersions.0.version: must be a text: put it in quotes',
    ],
    [
      'badVersions: [{ version: a/b, reason: r }]',
      'badVersions.0.version: must be an image tag such as sha-1a2b3c4',
    ],
    [
      'badVersions: [{ version: sha-1, reason: "" }]',
      'badVersions.0.reason: must say why, for people',
    ],
    [
      `badVersions: [{ version: sha-1, reason: ${'x'.repeat(501)} }]`,
      'badVersions.0.reason: must be at most 500 characters',
    ],
    [bad('by: ""'), 'badVersions.0.by: must be an entity reference such as user:default/ada'],
    [
      bad('since: today'),
      'badVersions.0.since: must be an instant as in RFC 3339, for example 2026-12-20T00:00:00Z',
    ],
    [
      freeze('all: false'),
      'freezes.0.all: can only be true: leave it out to name tenants, tiers or rings',
    ],
    [freeze('tenants: []'), 'freezes.0.tenants: is empty: name a tenant, or leave it out'],
    [freeze('tiers: []'), 'freezes.0.tiers: is empty: name a tier, or leave it out'],
    [freeze('tenants: [A]'), 'freezes.0.tenants.0: must start with a lower-case letter'],
    [
      freeze('all: true, tiers: [free]'),
      'freezes.0.all: stands beside tenants, tiers or rings: keep one of them',
    ],
    [
      'freezes: [{ from: 2026-12-20T00:00:00Z, until: 2026-12-20T00:00:00Z, reason: r, all: true }]',
      'freezes.0.until: must be later than from',
    ],
    ['rings: []\nrings: []', 'rings: stands here a second time, after line 1'],
  ])('are told as they are to people, case %#', (source, problem) => {
    expect(problemsOf(source)[0].slice(0, problem.length)).toBe(problem);
  });

  it.each([
    [
      'a bad version with all it can have',
      bad('by: user:default/ada, since: 2026-11-23T10:00:00+01:00'),
    ],
    ['a long reason', `badVersions: [{ version: sha-1, reason: ${'x'.repeat(500)} }]`],
    ['two tenants', freeze('tenants: [tenant-a, tenant-b], by: user:default/ada')],
    ['tiers and rings', freeze('tiers: [free, premium], rings: [0, 9]')],
    ['the longest file', '# '.padEnd(256 * 1024, 'x')],
  ])('are none with %s', (_, source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  it('has none to forbid where there is no policy', () => {
    expect(emptyReleasePolicy).toEqual(policy(''));
    expect(ringOrder(policy())).toEqual([0, 1]);
  });
});

describe('freezeEdges', () => {
  it('tells the last instant at which a freeze began or ended, and the next', () => {
    const window = (from: string, until: string) => ({
      all: true as const,
      from,
      until,
      reason: 'x',
    });
    const rules = {
      ...emptyReleasePolicy,
      freezes: [
        window('2026-03-01T02:00:00+02:00', '2026-06-01T00:00:00Z'),
        window('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z'),
      ],
    };
    const edges = (at: string) => freezeEdges(rules, new Date(at));
    const [march, april, june] = ['03', '04', '06'].map(month => new Date(`2026-${month}-01`));
    expect(edges('2026-02-28T23:59:59Z')).toEqual({ next: march });
    expect(edges('2026-03-01T00:00:00Z')).toEqual({ last: march, next: april });
    expect(edges('2026-06-01T00:00:00Z')).toEqual({ last: june });
    expect(freezeEdges(emptyReleasePolicy, new Date())).toEqual({});
  });
});

describe('freezeFor', () => {
  const tenant = { name: 'tenant-b', tier: 'standard', ring: 1 };
  it.each([
    [
      'by name, at the first instant',
      { ...tenant, name: 'tenant-a' },
      '2026-12-20T00:00:00Z',
      'sale',
    ],
    ['before it', { ...tenant, name: 'tenant-a' }, '2026-12-19T23:59:59Z', undefined],
    ['another name', tenant, '2026-12-20T00:00:00Z', undefined],
    [
      'by tier, in another zone',
      { ...tenant, tier: 'premium' },
      '2026-12-23T23:00:00Z',
      'holidays',
    ],
    [
      'at the last instant, over',
      { ...tenant, tier: 'premium' },
      '2026-12-26T23:00:00Z',
      undefined,
    ],
    ['by ring', { ...tenant, ring: 3 }, '2026-12-25T00:00:00Z', 'holidays'],
    ['everybody', tenant, '2026-12-31T01:00:00Z', 'new year'],
    ['the one that ends last', { ...tenant, name: 'tenant-a' }, '2026-12-31T01:00:00Z', 'sale'],
  ])('%s', (_, subject, at, reason) => {
    expect(freezeFor(policy(), subject, new Date(at))?.reason).toBe(reason);
  });

  it('tells the whole window', () => {
    expect(freezeWindow(policy(), tenant, new Date('2026-12-31T01:00:00Z'))).toMatchObject({
      all: true,
      from: '2026-12-31T00:00:00Z',
    });
    expect(freezeWindow(policy(), tenant, new Date('2030-01-01T00:00:00Z'))).toBeUndefined();
  });

  it.each([
    ['the later one first', [27, 25]],
    ['the later one last', [25, 27]],
    ['the latest one between', [25, 27, 26]],
  ])('of several takes the one that ends last: %s', (_, days) => {
    const freezes = days.map(day => ({
      all: true as const,
      from: '2026-12-20T00:00:00Z',
      until: `2026-12-${day}T00:00:00Z`,
      reason: String(day),
    }));
    const found = freezeFor({ ...policy(''), freezes }, tenant, new Date('2026-12-24T00:00:00Z'));
    expect(found?.reason).toBe('27');
  });

  it('meets whoever is in one of the tiers or rings', () => {
    const freeze = {
      tiers: ['free' as const, 'premium' as const],
      rings: [2, 3],
      from: '2026-12-20T00:00:00Z',
      until: '2026-12-21T00:00:00Z',
      reason: 'r',
    };
    const meets = (more: object) =>
      freezeFor(
        { ...policy(''), freezes: [freeze] },
        { ...tenant, ...more },
        new Date(freeze.from),
      );
    expect([{ tier: 'free' }, { tier: 'premium' }, { ring: 2 }, { ring: 3 }].every(meets)).toBe(
      true,
    );
    expect([{}, { tier: 'gold' }, { ring: 4 }].some(meets)).toBe(false);
  });

  it('says until when', () => {
    expect(freezeFor(policy(), tenant, new Date('2026-12-31T01:00:00Z'))).toEqual({
      reason: 'new year',
      until: '2027-01-01T12:00:00Z',
    });
  });
});

describe('versions and rings', () => {
  it('finds a bad version', () => {
    expect(badVersion(policy(), 'sha-1a2b3c4')?.reason).toBe('500s');
    expect([isBadVersion(policy(), 'sha-1a2b3c4'), isBadVersion(policy(), 'sha-1a2b3c')]).toEqual([
      true,
      false,
    ]);
  });

  it('orders rings, also those that only tenants name', () => {
    expect(ringOrder(policy(), [7, 1, 3])).toEqual([0, 1, 3, 7]);
    expect([ringTitle(policy(), 0), ringTitle(policy(), 7)]).toEqual(['ring 0 (canary)', 'ring 7']);
  });
});
