import { checkTenantValues, parseTenantFile } from './tenantFile';

const tenant = {
  name: 'tenant-a',
  displayName: 'Acme Corp',
  owner: 'group:default/tenant-a-owners',
  tier: 'standard',
  ring: 1,
  contact: 'platform@example.com',
};
const image = { repository: 'ghcr.io/acme/demo-api', tag: 'sha-1a2b3c4' };
const hold = {
  version: 'sha-1a2b3c4',
  reason: 'errors',
  by: 'user:default/ada',
  since: '2026-11-23T10:00:00Z',
};

/** JSON is YAML. */
const parse = (more: object, images: object = {}) =>
  parseTenantFile(
    JSON.stringify({ tenant: { ...tenant, ...more }, image: { ...image, ...images } }),
    'tenant-a',
  );

describe('parseTenantFile', () => {
  it('answers the tenant and the image, and what else the chart reads', () => {
    const text = `# a comment
tenant:
  name: tenant-a
  displayName: Acme Corp
  owner: group:default/tenant-a-owners
  tier: standard
  ring: 1
  contact: platform@example.com
image: { repository: ghcr.io/acme/demo-api, tag: sha-1a2b3c4 }
replicas: 3
`;
    expect(parseTenantFile(text, 'tenant-a')).toEqual({
      ok: true,
      file: { tenant, image, replicas: 3 },
    });
  });

  it.each([
    { tier: 'free' },
    { tier: 'premium' },
    { ring: 0 },
    { ring: 9 },
    { displayName: 'x' },
    { displayName: '😀'.repeat(80) },
    { owner: 'group:acme/owners' },
    { hold },
    { hold: { ...hold, since: '2026-11-23T10:00:00.123+01:00' } },
  ])('takes %j', more => {
    expect(parse(more)).toMatchObject({ ok: true, file: { tenant: more } });
  });

  it('takes the time of a hold in whatever way YAML writes it', () => {
    const text = JSON.stringify({ tenant: { ...tenant, hold }, image });
    const plain = text.replace(`"${hold.since}"`, '!!timestamp 2026-11-23T10:00:00Z');
    for (const each of [text, plain]) {
      expect(parseTenantFile(each, 'tenant-a')).toMatchObject({
        file: {
          tenant: { hold: { since: expect.stringMatching(/^2026-11-23T10:00:00(\.000)?Z$/) } },
        },
      });
    }
  });

  it.each<[more: object, problem: RegExp]>([
    [
      { name: 'tenant-b' },
      /^line 1: tenant\.name: is "tenant-b", but the file's name says "tenant-a": rename the file/,
    ],
    [{ name: 'Tenant_a' }, /^line 1: tenant\.name: must start with a lower-case letter/],
    [{ name: 'kube-system' }, /^line 1: tenant\.name: "kube-system" is reserved/],
    [{ name: '../a' }, /^line 1: tenant\.name: must start/],
    [{ displayName: '' }, /^line 1: tenant\.displayName: /],
    [
      { displayName: 'x'.repeat(81) },
      /^line 1: tenant\.displayName: must be at most 80 characters: /,
    ],
    [{ displayName: 'a\nb' }, /^line 1: tenant\.displayName: must be one line/],
    [{ displayName: 'a\u001b[31m' }, /^line 1: tenant\.displayName: must be one line/],
    [
      { owner: 'user:default/ada' },
      /^line 1: tenant\.owner: is "user:default\/ada", but must be a group: write a group such as/,
    ],
    [{ owner: 'xgroup:default/a' }, /^line 1: tenant\.owner: is ".+", but must be a group: write/],
    [{ owner: 'group:default/a/b' }, /^line 1: tenant\.owner: is ".+", but must be a group: write/],
    [{ owner: 'group:default/a b' }, /^line 1: tenant\.owner: is ".+", but must be a group: write/],
    [{ owner: 'group:a' }, /^line 1: tenant\.owner: is ".+", but must be a group: write/],
    [
      { tier: 'gold' },
      /tenant\.tier: is "gold", but must be one of free, standard, premium: write/,
    ],
    [{ ring: -1 }, /^line 1: tenant\.ring: /],
    [{ ring: 10 }, /^line 1: tenant\.ring: /],
    [{ ring: 1.5 }, /tenant\.ring: is 1\.5, but must be a whole number from 0 to 9: write/],
    [{ ring: '1' }, /tenant\.ring: must be a number, but is text: write a whole number/],
    [
      { contact: 'platform' },
      /^line 1: tenant\.contact: is "platform", but must be an e-mail address: /,
    ],
    [{ extra: 1 }, /^line 1: tenant\.extra: is not a key that belongs here: remove it$/],
    [{ hold: { ...hold, extra: 1 } }, /^line 1: tenant\.hold\.extra: is not a key/],
    [
      { hold: { ...hold, version: 'latest' } },
      /^line 1: tenant\.hold\.version: is "latest", but must be an immutable image tag: write/,
    ],
    [{ hold: { ...hold, reason: '' } }, /^line 1: tenant\.hold\.reason: /],
    [{ hold: { ...hold, by: '' } }, /^line 1: tenant\.hold\.by: /],
    ...['yesterday', '2026-11-23 10:00:00Z', '2026-11-23', '2026-02-30T10:00:00Z'].map(
      (since): [object, RegExp] => [
        { hold: { ...hold, since } },
        /^line 1: tenant\.hold\.since: is ".+", but must be an instant as in RFC 3339: write an/,
      ],
    ),
    [{ owner: undefined }, /^line 1: tenant\.owner: is missing: add a group such as group:/],
  ])('refuses %j and names the key', (more, problem) => {
    expect(parse(more)).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
  });

  it.each<[more: object, problem: RegExp]>([
    ...[
      '',
      'ghcr.io/Acme/demo-api',
      'ghcr.io/acme/demo-api:v1',
      `a/b@sha256:${'a'.repeat(64)}`,
      'a b',
      'https://ghcr.io/a/b',
      'a/',
    ].map((repository): [object, RegExp] => [
      { repository },
      /^line 1: image\.repository: must be an OCI repository in lower case, without tag or digest: write a repository such as ghcr/,
    ]),
    [
      { tag: 'latest' },
      /^line 1: image\.tag: must be an immutable image tag, not "latest": write one/,
    ],
    [{ tag: '' }, /^line 1: image\.tag: must be/],
    [{ tag: '.a' }, /^line 1: image\.tag: must be/],
    [{ tag: 'a/b' }, /^line 1: image\.tag: must be/],
    [{ tag: 'a\n' }, /^line 1: image\.tag: must be/],
    [{ tag: 'x'.repeat(129) }, /^line 1: image\.tag: must be/],
  ])('refuses the image %j', (more, problem) => {
    expect(parse({}, more)).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
  });

  it.each(['nginx', 'library/nginx', 'localhost:5000/a', 'a.b-c.d:443/x/y_z/w__v', 'x---y'])(
    'takes the repository %s',
    repository => {
      expect(parse({}, { repository })).toMatchObject({ ok: true });
    },
  );

  it.each<[service: unknown, problem: RegExp]>([
    [
      'demo-api',
      /service: must be a block of keys, but is text: write a block .* { name: demo-api }/,
    ],
    [{ name: 'Demo' }, /service\.name: is "Demo", but must be a name of lower-case letters/],
    [{ name: 5 }, /service\.name: must be a text, but is a number: put it in quotes$/],
    [null, /service: must be a block of keys, but is nothing: write/],
  ])('refuses the service %j', (service, problem) => {
    const text = JSON.stringify({ tenant, image, service });
    expect(parseTenantFile(text, 'tenant-a')).toEqual({
      ok: false,
      problems: [expect.stringMatching(problem)],
    });
  });

  it.each([{}, { name: 'demo-api' }, { type: 'ClusterIP', port: 80 }])(
    'takes the service %j, also of another chart',
    service => {
      const text = JSON.stringify({ tenant, image, service });
      expect(parseTenantFile(text, 'tenant-a')).toMatchObject({ ok: true, file: { service } });
    },
  );

  it.each(['latest2', '_a', '1.2.3', 'x'.repeat(128)])('takes the tag %s', tag => {
    expect(parse({}, { tag })).toMatchObject({ ok: true });
  });

  it.each<[what: string, text: string, problem: RegExp]>([
    ['nothing', '', /^file: /],
    ['a list', '- 1\n', /^file: /],
    ['no YAML', 'tenant: [\n', /^line \d+: .+/],
    [
      'a key twice',
      'tenant: 1\nimage: 2\ntenant: 3\n',
      /^line 3: tenant: stands here a second time, after line 1/,
    ],
    [
      'aliases that explode',
      `a: &a [1, 1]\nb: &b [${'*a, '.repeat(99)}]\nc: [${'*b, '.repeat(99)}]\n`,
      /^line 3: c: is an alias with which the file grows/,
    ],
    ['too much', `# ${'x'.repeat(64 * 1024)}\n`, /^file: is larger than 64 KiB: remove/],
  ])('refuses %s', (_, text, problem) => {
    const result = parseTenantFile(text, 'tenant-a');
    expect(result).toEqual({
      ok: false,
      problems: expect.arrayContaining([expect.stringMatching(problem)]),
    });
  });

  it('takes a file of exactly 64 KiB', () => {
    const text = JSON.stringify({ tenant, image });
    expect(parseTenantFile(text.padEnd(64 * 1024), 'tenant-a').ok).toBe(true);
    expect(parseTenantFile(text.padEnd(64 * 1024 + 1), 'tenant-a').ok).toBe(false);
  });
});

it('says everything in its own words, whatever stands where', () => {
  const whole = {
    tenant: { ...tenant, hold },
    image: { ...image, digest: `sha256:${'a'.repeat(64)}` },
    service: { name: 'demo-api' },
  };
  const wrong = [
    '',
    'x y',
    'X'.repeat(300),
    '2026-01-02 03:04',
    0.5,
    -1,
    99,
    true,
    null,
    [],
    [1],
    {},
  ];
  const said = leavesOf(whole).flatMap(path =>
    wrong.flatMap(value => {
      const result = parseTenantFile(JSON.stringify(replaced(whole, path, value)), 'tenant-a');
      return result.ok ? [] : result.problems;
    }),
  );
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter(text => /invalid|expected|too (big|small)|unrecognized/i.test(text))).toEqual(
    [],
  );
});

function leavesOf(value: object): string[][] {
  return Object.entries(value).flatMap(([key, child]) => [
    [key],
    ...(typeof child === 'object' ? leavesOf(child).map(path => [key, ...path]) : []),
  ]);
}

function replaced(value: object, [key, ...rest]: string[], by: unknown): object {
  const child = (value as Record<string, object>)[key];
  return { ...value, [key]: rest.length === 0 ? by : replaced(child, rest, by) };
}

describe('checkTenantValues', () => {
  it('judges what has been read already, with the keys that lead to each problem', () => {
    expect(checkTenantValues({ tenant, image })).toEqual({ file: { tenant, image } });
    expect(
      checkTenantValues({ tenant: { ...tenant, ring: 10 }, image: { ...image, tag: '' } }),
    ).toEqual({
      problems: [
        {
          path: ['tenant', 'ring'],
          rule: 'schema',
          problem: 'is 10, but must be a number from 0 to 9',
          cure: 'write one of these',
        },
        {
          path: ['image', 'tag'],
          rule: 'schema',
          problem: expect.stringContaining('immutable'),
          cure: 'write one such as sha-1a2b3c4',
        },
      ],
    });
    expect(checkTenantValues('text')).toEqual({
      problems: [
        {
          path: [],
          rule: 'schema',
          problem: 'must be a block of keys, but is text',
          cure: 'write a block of keys',
        },
      ],
    });
  });
});
