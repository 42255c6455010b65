import { memoryTree } from '../tree/memoryTree';
import { tenantText } from '../__testUtils__/testTree';
import { parseReleasePolicy } from '../policy/releasePolicy';
import { parseTenantFile } from '../tenantFile/tenantFile';
import { answerOf, planChange, type ChangePlan } from './planChange';
import { readChangeRequest } from './readChangeRequest';

const policyPath = 'gitops/policy/releases.yaml';
const pathOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const at = new Date('2026-12-01T12:00:00Z');
const rings =
  'rings:\n  - { ring: 0, name: canary }\n  - { ring: 1, name: early }\n  - { ring: 2, name: all }\n';
const window = 'from: 2026-11-30T00:00:00Z, until: 2026-12-05T00:00:00Z, reason: sale';

const tenants = {
  canary: tenantText('canary', { ring: 0, tag: 'sha-2222222' }),
  'tenant-a': tenantText('tenant-a', { ring: 1 }),
  'tenant-b': tenantText('tenant-b', { ring: 1, tier: 'premium' }),
  'tenant-h': tenantText('tenant-h', { ring: 1, hold: 'sha-1111111' }),
  'tenant-z': tenantText('tenant-z', { ring: 2 }),
};

function filesOf(policy = '', texts: Record<string, string> = tenants): Record<string, string> {
  const own = Object.entries(texts).map(([name, text]) => [pathOf(name), text]);
  return { ...Object.fromEntries(own), [policyPath]: `${rings}${policy}` };
}

async function plan(
  request: object,
  { files = filesOf(), isBound = false, by = 'user:default/ada', when = at } = {},
): Promise<ChangePlan> {
  const context = { by, at: when, isBound };
  return planChange(memoryTree(files), readChangeRequest(request), context);
}

/** What a plan comes to: the lines that change, whom it leaves out. */
async function outcome(request: object, options: Parameters<typeof plan>[1] = {}) {
  const found = await plan(request, options);
  const { files = filesOf() } = options;
  const lines = found.parts.flatMap(({ edits }) =>
    edits.flatMap(({ path, text, before }) => {
      expect(before).toBe(files[path]);
      const there = new Set((before ?? '').split('\n'));
      return text
        .split('\n')
        .filter(line => !there.has(line))
        .map(line => line.trim());
    }),
  );
  return {
    tenants: found.tenants.map(({ name }) => name),
    leftOut: Object.fromEntries(found.leftOut.map(({ tenant, code }) => [tenant, code])),
    lines,
  };
}

/** The files after a change. */
async function done(request: object, options: Parameters<typeof plan>[1] = {}) {
  const { files = filesOf() } = options;
  const after = { ...files };
  for (const { edits } of (await plan(request, options)).parts) {
    for (const { path, text } of edits) after[path] = text;
  }
  return after;
}

/** Every file of a tree is one that the check takes. */
function expectValid(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const name = /([\w-]+)-values\.yaml$/.exec(path)?.[1];
    expect(name ? parseTenantFile(text, name) : parseReleasePolicy(text)).toMatchObject({
      ok: true,
    });
  }
}

const refusal = (request: object, options: Parameters<typeof plan>[1] = {}) =>
  plan(request, options).then(
    () => ({}),
    ({ name, code, message }) => ({ name, code, message }),
  );

const promote = { kind: 'promote', version: 'sha-2222222' };
const why = { reason: 'error rate: 5 %' };

describe('promote', () => {
  it.each<[string, object, string[], object]>([
    [
      'everybody',
      {},
      ['tenant-a', 'tenant-b', 'tenant-z'],
      { canary: 'NOTHING_TO_CHANGE', 'tenant-h': 'HELD' },
    ],
    ['a ring', { rings: [2] }, ['tenant-z'], {}],
    ['a tier', { tiers: ['premium'] }, ['tenant-b'], {}],
    [
      'all given choices',
      { tiers: ['standard'], rings: [1] },
      ['tenant-a'],
      { 'tenant-h': 'HELD' },
    ],
    [
      'names, of which one does not meet the other choices',
      { tenants: ['tenant-a', 'tenant-z', 'tenant-a'], rings: [1] },
      ['tenant-a'],
      { 'tenant-z': 'NOTHING_TO_CHANGE' },
    ],
    [
      'what the ring before runs',
      { version: { next: true }, rings: [1] },
      ['tenant-a', 'tenant-b'],
      { 'tenant-h': 'HELD' },
    ],
  ])('%s', async (_, choice, names, leftOut) => {
    expect(await outcome({ ...promote, ...choice })).toEqual({
      tenants: names,
      leftOut,
      lines: names.map(() => 'tag: sha-2222222'),
    });
  });

  it('is one pull request a ring, or one for all', async () => {
    const found = await plan(promote);
    expect(
      found.parts.map(({ ring, tenants: own }) => [ring, own.map(({ name }) => name)]),
    ).toEqual([
      [1, ['tenant-a', 'tenant-b']],
      [2, ['tenant-z']],
    ]);
    expect(found.parts[0].leftOut.map(({ tenant }) => tenant)).toEqual(['tenant-h']);
    const { parts } = await plan({ ...promote, onePullRequest: true });
    expect(parts.map(({ tenants: own }) => own.length)).toEqual([3]);
  });

  it('waits for the rings before when the asker is bound, and is told so when not', async () => {
    const version = 'sha-2222222';
    const bound = await outcome({ ...promote, version }, { isBound: true });
    expect(bound.leftOut).toMatchObject({ 'tenant-z': 'RING_ORDER' });
    const free = await plan({ ...promote, rings: [2] });
    expect(free.parts[0].notes.join()).toContain('Merge later');
    expect(await refusal({ ...promote, rings: [2] }, { isBound: true })).toMatchObject({
      code: 'RING_ORDER',
      // The tenants of another ring are none of an owner's business.
      message: 'tenant-z waits for ring 1 (early), which does not have sha-2222222 yet',
    });
  });

  it('has no next where no ring comes before, or that one is not of one mind', async () => {
    const next = { kind: 'promote', version: { next: true } };
    expect(await refusal({ ...next, rings: [0] })).toMatchObject({ code: 'RING_ORDER' });
    const files = filesOf('', { ...tenants, 'tenant-a': tenantText('tenant-a', { tag: 'sha-9' }) });
    expect(await refusal({ ...next, rings: [2] }, { files })).toMatchObject({
      code: 'RING_ORDER',
      message: expect.stringContaining('runs 2 versions'),
    });
  });

  it('leaves frozen tenants out, and refuses when nobody is left', async () => {
    const files = filesOf(`freezes:\n  - { tenants: [tenant-a], ${window} }\n`);
    expect((await outcome(promote, { files })).leftOut).toMatchObject({ 'tenant-a': 'FROZEN' });
    expect(await refusal({ ...promote, tenants: ['tenant-a'] }, { files })).toMatchObject({
      name: 'ConflictError',
      code: 'FROZEN',
      message: 'tenant-a is frozen until 2026-12-05T00:00:00Z: sale',
    });
  });

  it('takes away a digest of the version before', async () => {
    const pinned = `${tenants['tenant-a']}  digest: sha256:${'a'.repeat(64)}\n`;
    const after = await done(
      { ...promote, tenants: ['tenant-a'] },
      { files: filesOf('', { ...tenants, 'tenant-a': pinned }) },
    );
    expect(after[pathOf('tenant-a')]).not.toContain('digest');
  });
});

describe('rollback', () => {
  const rollback = { kind: 'rollback', version: 'sha-0000000', ...why };

  it('moves the tenant and holds it', async () => {
    expect((await outcome({ ...rollback, tenants: ['tenant-a'] })).lines).toEqual([
      'hold:',
      'version: sha-0000000',
      'reason: "error rate: 5 %"',
      'by: "user:default/ada"',
      'since: "2026-12-01T12:00:00Z"',
      'tag: sha-0000000',
    ]);
    const { lines } = await outcome({ ...rollback, tenants: ['tenant-a'], hold: false });
    expect(lines).toEqual(['tag: sha-0000000']);
  });

  it.each([undefined, false])('moves the hold of a held tenant, hold: %s', async hold => {
    const found = await plan({ ...rollback, tenants: ['tenant-h'], hold });
    expect(found.parts[0].edits[0].text).toContain('version: sha-0000000');
    expect(found.parts[0].notes.join()).toContain('Moves a hold');
    expectValid(await done({ ...rollback, tenants: ['tenant-h'], hold }));
  });

  it('passes a freeze and says so, but not a bad version', async () => {
    const files = filesOf(
      `badVersions:\n  - { version: sha-bad, reason: "500s" }\nfreezes:\n  - { all: true, ${window} }\n`,
    );
    const found = await plan({ ...rollback, tenants: ['tenant-a'] }, { files });
    expect(found.parts[0].notes.join()).toContain('Passes a freeze');
    expect(await refusal({ ...rollback, version: 'sha-bad' }, { files })).toMatchObject({
      code: 'BAD_VERSION',
      message: expect.stringContaining('sha-bad is on the list of bad versions'),
    });
  });

  it('holds who has the version already', async () => {
    const { lines } = await outcome({ ...rollback, version: 'sha-1111111', tenants: ['tenant-a'] });
    expect(lines[0]).toBe('hold:');
    expect(lines).not.toContain('tag: sha-1111111');
  });
});

describe('hold and release-hold', () => {
  it('holds at the version that the tenant has, and gives the file back', async () => {
    const hold = { kind: 'hold', tenants: ['tenant-a'], ...why };
    const files = await done(hold);
    expect(files[pathOf('tenant-a')]).toContain('version: sha-1111111');
    expect(await done({ kind: 'release-hold', tenants: ['tenant-a'] }, { files })).toEqual(
      filesOf(),
    );
    expect(await refusal(hold, { files })).toMatchObject({ code: 'NOTHING_TO_CHANGE' });
    expect(await refusal({ ...hold, reason: 'another' }, { files })).toMatchObject({
      code: 'HELD',
    });
  });

  it.each([
    [{ kind: 'hold', version: 'sha-9', ...why }, 'CONFLICT', 'has sha-1111111, not sha-9'],
    [{ kind: 'release-hold' }, 'NOTHING_TO_CHANGE', 'tenant-a is not held'],
  ])('refuses %j', async (request, code, message) => {
    expect(await refusal({ ...request, tenants: ['tenant-a'] })).toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});

describe('mark-bad and clear-bad', () => {
  const bad = { kind: 'mark-bad', version: 'sha-1111111', ...why };

  it('adds the version with who runs it, once, and takes it away again', async () => {
    const found = await plan(bad);
    expect(found.tenants.map(({ name }) => name)).toEqual([
      'tenant-a',
      'tenant-b',
      'tenant-h',
      'tenant-z',
    ]);
    expect(found.parts[0].notes.join()).toContain('4 tenants have');
    const files = await done(bad);
    expect(files[policyPath]).toBe(
      `${rings}badVersions:\n  - version: sha-1111111\n    reason: "error rate: 5 %"\n    by: "user:default/ada"\n    since: "2026-12-01T12:00:00Z"\n`,
    );
    expect(await refusal(bad, { files })).toMatchObject({ code: 'NOTHING_TO_CHANGE' });
    const cleared = await done({ kind: 'clear-bad', version: 'sha-1111111' }, { files });
    expect(cleared[policyPath]).toBe(`${rings}badVersions: []\n`);
    expect(await refusal({ kind: 'clear-bad', version: 'sha-1111111' })).toMatchObject({
      code: 'NOTHING_TO_CHANGE',
    });
  });

  it('makes a policy where there is none', async () => {
    const { [policyPath]: _, ...files } = filesOf();
    expect((await done(bad, { files }))[policyPath]).toMatch(/^badVersions:\n/);
  });
});

describe('freeze and unfreeze', () => {
  const freeze = { kind: 'freeze', until: '2026-12-24T00:00:00Z', reason: 'sale' };

  it('writes the tenants that meet all choices as a list', async () => {
    const files = await done({ ...freeze, rings: [1], tiers: ['standard'] });
    expect(files[policyPath]).toBe(
      `${rings}freezes:\n  - tenants:\n      - tenant-a\n      - tenant-h\n    from: "2026-12-01T12:00:00Z"\n    until: "2026-12-24T00:00:00Z"\n    reason: sale\n    by: "user:default/ada"\n`,
    );
    expect(await refusal({ ...promote, tenants: ['tenant-a'] }, { files })).toMatchObject({
      code: 'FROZEN',
    });
    expect(
      await refusal({ ...freeze, tenants: ['tenant-a', 'tenant-h'] }, { files }),
    ).toMatchObject({
      code: 'NOTHING_TO_CHANGE',
    });
  });

  it('freezes everybody, those too that come later', async () => {
    const files = await done(freeze);
    expect(files[policyPath]).toContain('  - all: true\n');
    expect(await refusal({ kind: 'unfreeze', tenants: ['tenant-a'] }, { files })).toMatchObject({
      code: 'FROZEN',
      message: expect.stringContaining('is frozen with everybody'),
    });
    expect((await done({ kind: 'unfreeze' }, { files }))[policyPath]).toBe(`${rings}freezes: []\n`);
  });

  it('takes times of a time zone, over a change of the clocks', async () => {
    const files = await done({
      ...freeze,
      from: '2027-03-27T18:00:00',
      until: '2027-03-29T08:00:00',
      timeZone: 'Europe/Berlin',
    });
    expect(files[policyPath]).toContain('from: "2027-03-27T18:00:00+01:00"');
    expect(files[policyPath]).toContain('until: "2027-03-29T08:00:00+02:00"');
    expectValid(files);
  });

  it('says which freezes overlap', async () => {
    const files = filesOf(`freezes:\n  - { tiers: [premium], ${window} }\n`);
    const { parts } = await plan(freeze, { files });
    expect(parts[0].notes.join()).toContain('tier premium until');
  });

  it('takes one tenant out of a list, and leaves those that a tier or a ring freezes', async () => {
    const files = filesOf(
      `freezes:\n  - { tenants: [tenant-a, tenant-b], ${window} }\n  - { tiers: [premium], ${window} }\n  - { tenants: [tenant-a], from: 2026-01-01T00:00:00Z, until: 2026-02-01T00:00:00Z, reason: past }\n`,
    );
    const after = await done({ kind: 'unfreeze', tenants: ['tenant-a', 'tenant-z'] }, { files });
    expect(after[policyPath]).toBe(files[policyPath].replace('[tenant-a, tenant-b]', '[tenant-b]'));
    const found = await plan({ kind: 'unfreeze', tenants: ['tenant-a', 'tenant-z'] }, { files });
    expect(found.leftOut).toEqual([
      { tenant: 'tenant-z', code: 'NOTHING_TO_CHANGE', text: 'is not frozen' },
    ]);
    const tier = await done({ kind: 'unfreeze', tiers: ['premium'] }, { files });
    expect(tier[policyPath]).not.toContain('premium');
    expect(tier[policyPath]).toContain('tenants: [tenant-a], from: 2026-11-30');
  });
});

describe('set', () => {
  it('changes a line a fact, and nothing the second time', async () => {
    const set = {
      kind: 'set',
      tenants: ['tenant-a'],
      set: { ring: 2, owner: 'group:default/x', displayName: 'A: b' },
    };
    const files = await done(set);
    expect((await outcome(set)).lines).toEqual([
      'displayName: "A: b"',
      'owner: group:default/x',
      'ring: 2',
    ]);
    expectValid(files);
    expect(await refusal(set, { files })).toMatchObject({ code: 'NOTHING_TO_CHANGE' });
  });

  it.each([
    [{ tier: 'gold' }, 'set.tier: is "gold", but must be one of free, standard, premium'],
    [{ ring: 7 }, 'set.ring: there is no ring 7: choose one of 0, 1, 2'],
    [{ owner: 'ada' }, 'set.owner: '],
    [{ contact: 'nobody' }, 'set.contact: '],
    [{ displayName: ' x' }, 'set.displayName: must not begin'],
    [{ name: 'other' }, 'set.name: is not a field of a change'],
    [{}, 'set: is empty'],
  ])('refuses %j', async (set, message) => {
    expect(await refusal({ kind: 'set', tenants: ['tenant-a'], set })).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });
});

describe('what is wrong with a request', () => {
  const freeze = { kind: 'freeze', reason: 'x', until: '2026-12-24T00:00:00Z' };
  it.each<[object, string]>([
    [{}, 'kind: is missing'],
    [{ kind: 'erase' }, 'kind: must be one of promote'],
    [
      { ...promote, dryrun: true },
      'dryrun: is not a field of a change: leave it out; did you mean dryRun?',
    ],
    [{ ...promote, dryRun: 'yes' }, 'dryRun: must be true or false'],
    [{ ...promote, tenants: [] }, 'tenants: is empty: name tenants'],
    [{ ...promote, tenants: 'tenant-a' }, 'tenants: must be a list of tenants'],
    [{ ...promote, tiers: ['gold'] }, 'tiers: there is no gold: choose one of free'],
    [{ ...promote, rings: [7] }, 'rings: there is no 7: choose one of 0, 1, 2'],
    [{ ...promote, rings: [1.5] }, 'rings.0: must be a whole number from 0 to 9'],
    [{ ...promote, service: 'other' }, 'service: no tenant runs other: choose one of demo-api'],
    [{ ...promote, environments: ['prod'] }, 'environments: tenant files know none here'],
    [{ kind: 'promote' }, 'version: is missing: promote needs it'],
    [{ ...promote, version: 'latest' }, 'version: must be an immutable image tag'],
    [{ ...promote, version: 'a/../b' }, 'version: must be'],
    [{ ...promote, version: 'a\nb' }, 'version: must be'],
    [{ ...promote, version: 1 }, 'version: must be'],
    [{ ...promote, version: `sha256:${'a'.repeat(64)}` }, 'version: names a digest'],
    [{ ...promote, hold: true }, 'hold: does not belong to promote'],
    [{ kind: 'rollback', version: { next: true }, reason: 'x' }, 'version: must be an image tag'],
    [{ kind: 'rollback', version: 'v1' }, 'reason: is missing: rollback needs it'],
    [{ kind: 'hold', reason: ' ' }, 'reason: is empty'],
    [{ kind: 'hold', reason: 'x'.repeat(10_000) }, 'reason: must be at most 500 characters'],
    [{ kind: 'hold', reason: 'a\nRelease-Tenant: b' }, 'reason: must be one line'],
    [{ kind: 'hold', reason: 'a\u202eb' }, 'reason: must be one line'],
    [
      { kind: 'mark-bad', version: 'v1', reason: 'x', tenants: ['a'] },
      'tenants: does not belong to mark-bad',
    ],
    [{ ...freeze, until: undefined }, 'until: is missing'],
    [{ ...freeze, until: '2026-11-01T00:00:00Z' }, 'until: lies in the past'],
    [{ ...freeze, from: '2026-11-01T00:00:00Z' }, 'from: lies more than a day in the past'],
    [{ ...freeze, from: '2026-12-25T00:00:00Z' }, 'until: must be later than from'],
    [{ ...freeze, until: '2027-12-02T12:00:00Z' }, 'until: is more than a year after from'],
    [{ ...freeze, until: '2026-12-24T00:00:00' }, 'until: has no offset'],
    [{ ...freeze, until: 'soon' }, 'until: must be an instant'],
    [{ ...freeze, timeZone: 'Mars/Base' }, 'timeZone: is no time zone'],
    [
      { ...freeze, until: '2027-03-28T02:30:00', timeZone: 'Europe/Berlin' },
      'until: is skipped in Europe/Berlin',
    ],
  ])('%j', async (request, message) => {
    expect(await refusal(request)).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('knows no tenant of that name, and names no other', async () => {
    expect(await refusal({ ...promote, tenants: ['tenant-q'] })).toEqual({
      name: 'NotFoundError',
      code: undefined,
      message: 'tenants: there is no tenant tenant-q',
    });
  });

  it.each(['rings: [', 'badVersion: []\n'])(
    'does nothing under a policy that cannot be read: %s',
    async text => {
      const files = { ...filesOf(), [policyPath]: text };
      for (const request of [promote, { kind: 'mark-bad', version: 'v', ...why }]) {
        expect(await refusal(request, { files })).toMatchObject({
          code: 'CONFLICT',
          message: expect.stringContaining('nobody knows what is frozen or bad'),
        });
      }
    },
  );

  it('leaves out a file that cannot be read or edited, and no other', async () => {
    const files = filesOf('', {
      ...tenants,
      'tenant-a': 'tenant: [',
      'tenant-b': `${tenants['tenant-b'].replace('tag: ', 'tag: &t ')}env: { x: *t }\n`,
    });
    expect((await outcome(promote, { files })).leftOut).toMatchObject({
      'tenant-a': 'CONFLICT',
      'tenant-b': 'CONFLICT',
    });
  });
});

it('answers with patches', async () => {
  const { files } = answerOf(await plan({ ...promote, tenants: ['tenant-a'] }));
  expect(files).toEqual([
    {
      path: pathOf('tenant-a'),
      patch: expect.stringMatching(
        /^--- a\/gitops[^]*\n@@ [^]*\n- {2}tag: sha-1111111\n\+ {2}tag: sha-2222222\n$/,
      ),
    },
  ]);
});
