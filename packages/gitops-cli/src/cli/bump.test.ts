import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import { writeFiles } from '@internal/gitops';

let tree: TestTree;
const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const policy = (more: string) =>
  tree.write(
    'gitops/policy/releases.yaml',
    `rings:\n  - { ring: 0, name: canary }\n  - { ring: 1, name: early }\n${more}\n`,
  );

beforeEach(() => {
  tree = testTree();
  tree.addTenant('tenant-h', tenantText('tenant-h', { hold: 'sha-1111111' }));
  tree.addTenant('tenant-p', tenantText('tenant-p', { tier: 'premium', ring: 1 }));
});
afterEach(() => tree.remove());

async function bump(...args: string[]) {
  const all = [
    'bump',
    '--service',
    'demo-api',
    '--version',
    'sha-2222222',
    '--output',
    'json',
    ...args,
  ];
  const { code, out, err } = await runGitops(tree.root, all);
  const result = out === '' ? {} : JSON.parse(out);
  return {
    code,
    err,
    changed: (result.changes ?? []).map((one: { tenant: string }) => one.tenant),
    skipped: Object.fromEntries(
      (result.skipped ?? []).map((one: { tenant: string; kind: string }) => [one.tenant, one.kind]),
    ),
    reasons: (result.skipped ?? []).map((one: { reason: string }) => one.reason).join('\n'),
    refused: (result.refused ?? []).join('\n'),
  };
}

it('changes one line of every tenant but the held one, and nothing the second time', async () => {
  const before = tree.read(fileOf('tenant-a'));
  expect(await bump()).toMatchObject({
    code: 0,
    changed: ['tenant-a', 'tenant-b', 'tenant-p'],
    skipped: { 'tenant-h': 'held' },
  });
  expect(tree.read(fileOf('tenant-a'))).toBe(
    before.replace('tag: sha-1111111', 'tag: sha-2222222'),
  );
  expect(tree.read(fileOf('tenant-h'))).toContain('tag: sha-1111111');
  const again = await bump();
  expect(again).toMatchObject({
    code: 0,
    changed: [],
    skipped: { 'tenant-a': 'current', 'tenant-h': 'held' },
  });
  expect(await runGitops(tree.root, ['check'])).toMatchObject({ code: 0 });
});

it.each([
  [['--ring', '0'], ['tenant-a']],
  [
    ['--ring', '0', '--ring', '1'],
    ['tenant-a', 'tenant-b', 'tenant-p'],
  ],
  [['--tenant', 'tenant-p'], ['tenant-p']],
])('narrows with %j', async (args, changed) => {
  expect(await bump(...args)).toMatchObject({ code: 0, changed });
});

it('writes nothing in a dry run', async () => {
  expect((await bump('--dry-run')).changed).toHaveLength(3);
  expect(tree.read(fileOf('tenant-a'))).toContain('tag: sha-1111111');
});

it.each([
  ['by name', '{ tenants: [tenant-b], ', { 'tenant-b': 'frozen' }],
  ['by tier', '{ tiers: [premium], ', { 'tenant-p': 'frozen' }],
  ['by ring', '{ rings: [1], ', { 'tenant-b': 'frozen', 'tenant-p': 'frozen' }],
  [
    'everybody',
    '{ all: true, ',
    { 'tenant-a': 'frozen', 'tenant-b': 'frozen', 'tenant-p': 'frozen' },
  ],
])('leaves frozen tenants alone: %s', async (_, subject, skipped) => {
  policy(
    `freezes:\n  - ${subject}from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }`,
  );
  expect(await bump()).toMatchObject({ code: 0, skipped: { 'tenant-h': 'held', ...skipped } });
  expect((await bump('--at', '2026-11-24T00:00:00Z')).skipped).toMatchObject({
    'tenant-h': 'held',
  });
});

it('refuses a bad version for everybody, held or not', async () => {
  policy('badVersions:\n  - { version: sha-2222222, reason: "errors after lunch" }');
  expect(await bump()).toMatchObject({
    code: 1,
    changed: [],
    refused: expect.stringContaining('errors after lunch'),
  });
  expect(tree.read(fileOf('tenant-a'))).toContain('tag: sha-1111111');
});

it('never undoes a roll-back: a hold stays, and stays obeyed', async () => {
  const rolledBack = tenantText('tenant-b', { tag: 'sha-0000001', hold: 'sha-0000001' });
  tree.write(fileOf('tenant-b'), rolledBack);
  for (const version of ['sha-2222222', 'sha-3333333']) await bump('--version', version);
  expect(tree.read(fileOf('tenant-b'))).toBe(rolledBack);
});

it('rolls a tenant back and holds it, so that the next bump leaves it alone', async () => {
  const args = ['--tenant', 'tenant-b', '--hold', 'error rate: 5 %', '--by', 'user:default/ada'];
  expect(await bump('--version', 'sha-0000001', ...args)).toMatchObject({
    code: 0,
    changed: ['tenant-b'],
  });
  const text = tree.read(fileOf('tenant-b'));
  expect(text).toContain(
    '  hold:\n    version: sha-0000001\n    reason: "error rate: 5 %"\n    by: "user:default/ada"\n    since: "2026-11-23T12:00:00Z"\nimage:',
  );
  expect(await runGitops(tree.root, ['check'])).toMatchObject({ code: 0 });
  expect((await bump()).skipped).toMatchObject({ 'tenant-b': 'held' });
  expect(await bump('--version', 'sha-0000001', ...args)).toMatchObject({ code: 0, changed: [] });
  // Who holds it already is not overruled.
  expect(await bump(...args)).toMatchObject({
    code: 1,
    changed: [],
    skipped: { 'tenant-b': 'held' },
  });
  expect(tree.read(fileOf('tenant-b'))).toBe(text);
});

it.each([
  [['--hold', 'x', '--by', 'user:default/ada']],
  [['--hold', 'x', '--tenant', 'tenant-b']],
  [['--by', 'user:default/ada', '--tenant', 'tenant-b']],
  [['--hold', 'x', '--by', 'ada', '--tenant', 'tenant-b']],
  [['--hold', 'a\nb', '--by', 'user:default/ada', '--tenant', 'tenant-b']],
])('calls half a hold a wrong use: %j', async args => {
  expect(await bump(...args)).toMatchObject({ code: 2, err: expect.stringMatching(/--hold|--by/) });
});

it('refuses what was asked for by name and may not be', async () => {
  expect(await bump('--tenant', 'tenant-h')).toMatchObject({
    code: 1,
    skipped: { 'tenant-h': 'held' },
  });
  tree.write(fileOf('tenant-b'), tenantText('tenant-b').replace('acme/demo-api', 'acme/other'));
  expect(await bump('--tenant', 'tenant-b')).toMatchObject({
    code: 1,
    skipped: { 'tenant-b': 'other-service' },
  });
  expect((await bump()).skipped).not.toHaveProperty('tenant-b');
});

it('brings a held tenant to the version that it is held at', async () => {
  tree.write(
    fileOf('tenant-b'),
    tenantText('tenant-b', { tag: 'sha-9999999', hold: 'sha-2222222' }),
  );
  expect((await bump('--tenant', 'tenant-b')).changed).toEqual(['tenant-b']);
});

it('waits for the earlier ring when it is to go in order', async () => {
  expect(await bump('--in-order')).toMatchObject({
    changed: ['tenant-a'],
    skipped: { 'tenant-b': 'earlier-ring' },
  });
  expect((await bump('--in-order')).changed).toEqual(['tenant-b', 'tenant-p']);
});

it.each([
  ['a file that is no YAML', 'tenant: [\n', /cannot be read: tenant/],
  [
    'an alias',
    tenantText('tenant-b')
      .replace('tag: sha-1111111', 'tag: *v')
      .replace('Acme Corp', '&v sha-1111111'),
    /alias of &v/,
  ],
])('goes on beside %s, and says so with its exit code', async (_, text, reason) => {
  tree.write(fileOf('tenant-b'), text);
  const { code, changed, skipped, reasons } = await bump();
  expect({ code, changed, skipped }).toMatchObject({
    code: 1,
    changed: ['tenant-a', 'tenant-p'],
    skipped: { 'tenant-b': 'broken' },
  });
  expect(reasons).toMatch(reason);
  expect(tree.read(fileOf('tenant-b'))).toBe(text);
});

it.each([
  [
    'a tenant that there is not',
    ['--tenant', 'tenant-z'],
    1,
    /There is no tenant tenant-z: choose one of tenant-a/,
  ],
  [
    'a service that nobody runs',
    ['--service', 'other'],
    1,
    /No tenant runs other: choose one of demo-api/,
  ],
])('refuses %s', async (_, args, code, reason) => {
  const result = await bump(...args);
  expect(result).toMatchObject({ code, changed: [] });
  expect(result.refused).toMatch(reason);
});

it('refuses under a policy that cannot be read', async () => {
  policy('freezes: nope');
  expect(await bump()).toMatchObject({
    code: 1,
    changed: [],
    refused: expect.stringContaining('releases.yaml:4 freezes'),
  });
});

describe('writeFiles', () => {
  const change = (name: string, before = tree.read(fileOf(name))) => ({
    path: fileOf(name),
    before,
    text: 'new',
  });

  it('writes nothing when one file has changed meanwhile', () => {
    const changes = [change('tenant-a'), change('tenant-b', 'something else')];
    expect(() => writeFiles(tree.root, changes)).toThrow(`${fileOf('tenant-b')} cannot be written`);
    expect(tree.read(fileOf('tenant-a'))).not.toBe('new');
    expect(
      readdirSync(path.join(tree.root, 'gitops/tenants')).filter(name => name.endsWith('.tmp')),
    ).toEqual([]);
  });

  it('keeps the mode of a file', () => {
    chmodSync(path.join(tree.root, fileOf('tenant-a')), 0o640);
    writeFiles(tree.root, [change('tenant-a')]);
    expect(tree.read(fileOf('tenant-a'))).toBe('new');
  });
});

it('says so when a tenant is asked for that is in none of the rings', async () => {
  expect(await bump('--tenant', 'tenant-p', '--ring', '0')).toMatchObject({
    code: 1,
    changed: [],
    skipped: { 'tenant-p': 'other-ring' },
  });
});

it('refuses a ring that nobody knows', async () => {
  expect(await bump('--ring', '7')).toMatchObject({
    code: 1,
    changed: [],
    refused: 'There is no ring 7: choose one of 0, 1',
  });
});

describe('a digest', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const pinned = (value: string) =>
    tenantText('tenant-a', { ring: 0 }).replace(
      '  tag: sha-1111111\n',
      `  tag: sha-1111111\n  digest: ${value} # pinned\n`,
    );

  it('behind the tag goes with it, and the quotes stay', async () => {
    tree.write(
      fileOf('tenant-a'),
      tenantText('tenant-a', { ring: 0, tag: `"sha-1111111@${digest}" # renovate` }),
    );
    expect(await bump('--tenant', 'tenant-a')).toMatchObject({ code: 0, changed: ['tenant-a'] });
    expect(tree.read(fileOf('tenant-a'))).toContain('  tag: "sha-2222222" # renovate\n');
    expect(await runGitops(tree.root, ['check', '--no-render'])).toMatchObject({ code: 0 });
  });

  it('behind the tag stays while the version does', async () => {
    const text = tenantText('tenant-a', { ring: 0, tag: `sha-2222222@${digest}` });
    tree.write(fileOf('tenant-a'), text);
    expect((await bump('--tenant', 'tenant-a')).skipped).toEqual({ 'tenant-a': 'current' });
    expect(tree.read(fileOf('tenant-a'))).toBe(text);
  });

  it('that an anchor brings in is not left beside another tag', async () => {
    const text = tenantText('tenant-a', { ring: 0 });
    tree.write(
      fileOf('tenant-a'),
      `x-pin: &pin\n  digest: ${digest}\n${text.replace('image:\n', 'image:\n  <<: *pin\n')}`,
    );
    expect((await bump('--tenant', 'tenant-a')).skipped).toEqual({ 'tenant-a': 'broken' });
  });

  it.each([digest, `sha-1111111@${digest}`])('of the old version goes: %s', async value => {
    tree.write(fileOf('tenant-a'), pinned(value));
    const before = tree.read(fileOf('tenant-a'));
    const args = ['bump', '--service', 'demo-api', '--version', 'sha-2222222', '--ring', '0'];
    const { code, out } = await runGitops(tree.root, args);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(
        'tenant-a: sha-1111111 -> sha-2222222, image.digest removed: it pinned sha-1111111',
      ),
    });
    expect(tree.read(fileOf('tenant-a'))).toBe(
      before
        .replace('tag: sha-1111111', 'tag: sha-2222222')
        .replace(`  digest: ${value} # pinned\n`, ''),
    );
    expect((await runGitops(tree.root, ['check', '--no-render'])).code).toBe(0);
  });

  it('of another tag than the file has makes the file invalid, as the chart does', async () => {
    tree.write(fileOf('tenant-a'), pinned(`sha-2222222@${digest}`));
    expect(await bump('--ring', '0')).toMatchObject({
      code: 1,
      changed: [],
      reasons: expect.stringContaining('belongs to the tag sha-2222222, but image.tag is'),
    });
  });

  it('stays when the tenant is only held', async () => {
    tree.write(fileOf('tenant-a'), pinned(digest));
    const args = ['bump', '--service', 'demo-api', '--version', 'sha-1111111'];
    const why = ['--tenant', 'tenant-a', '--hold', 'errors', '--by', 'user:default/ada'];
    const { out } = await runGitops(tree.root, [...args, ...why]);
    expect(out).toContain('tenant-a: held at sha-1111111 (');
    expect(tree.read(fileOf('tenant-a'))).toContain(digest);
  });

  it('that cannot be taken away leaves the tenant alone', async () => {
    const flow = tenantText('tenant-a', { ring: 0 }).replace(
      /image:[^]*/,
      `image: { repository: ghcr.io/acme/demo-api, tag: sha-1111111, digest: '${digest}' }\n`,
    );
    tree.write(fileOf('tenant-a'), flow);
    const { code, skipped, reasons } = await bump('--ring', '0');
    expect({ code, skipped }).toEqual({ code: 1, skipped: { 'tenant-a': 'broken' } });
    expect(reasons).toContain('image.digest pins');
    expect(tree.read(fileOf('tenant-a'))).toBe(flow);
  });
});
