import { rmSync } from 'node:fs';
import { changeAnswerSchema } from '@internal/plugin-tenant-releases-common';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

let tree: TestTree;
const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const policyPath = 'gitops/policy/releases.yaml';

beforeEach(() => {
  tree = testTree();
  tree.addTenant('tenant-h', tenantText('tenant-h', { hold: 'sha-1111111' }));
});
afterEach(() => tree.remove());

async function change(...args: string[]) {
  const { code, out, err } = await runGitops(tree.root, [...args, '--output', 'json']);
  return { code, err, ...JSON.parse(out || '{}') };
}

const rollback = ['rollback', '--version', 'sha-0', '--tenant', 'tenant-a', '--reason', 'errors'];

it('says what it would do, writes it, and has nothing to do the second time', async () => {
  const before = tree.read(fileOf('tenant-a'));
  const planned = await change(...rollback, '--dry-run');
  expect(changeAnswerSchema.parse(planned)).toEqual({
    files: [{ path: fileOf('tenant-a'), patch: expect.stringContaining('+  tag: sha-0') }],
    tenants: ['tenant-a'],
    leftOut: [],
  });
  expect(tree.read(fileOf('tenant-a'))).toBe(before);
  const { files } = await change(...rollback, '--by', 'user:default/ada');
  expect(files).toHaveLength(1);
  expect(tree.read(fileOf('tenant-a'))).toContain('    by: "user:default/ada"\n');
  expect(await runGitops(tree.root, ['check'])).toMatchObject({ code: 0 });
  expect(await change(...rollback)).toMatchObject({
    code: 1,
    error: { name: 'ConflictError', code: 'NOTHING_TO_CHANGE', leftOut: [{ tenant: 'tenant-a' }] },
  });
});

it('takes each kind from beginning to end', async () => {
  const reason = ['--reason', 'sale'];
  const steps: Array<[string[], string[]]> = [
    [['promote', '--version', 'sha-2', '--ring', '0'], ['tenant-a']],
    [['promote', '--next', '--rings', '1'], ['tenant-b']],
    [
      ['hold', '--tenants', 'tenant-a,tenant-b', ...reason],
      ['tenant-a', 'tenant-b'],
    ],
    [
      ['release-hold', '--tenant', 'tenant-a', '--tenant', 'tenant-b'],
      ['tenant-a', 'tenant-b'],
    ],
    [['set', '--tenant', 'tenant-a', '--set', 'tier=premium', '--set', 'ring=1'], ['tenant-a']],
    [['mark-bad', '--version', 'sha-9', ...reason], []],
    [['clear-bad', '--version', 'sha-9'], []],
    [['freeze', '--tier', 'premium', '--until', '2026-12-01T00:00:00Z', ...reason], ['tenant-a']],
    [['unfreeze', '--tenant', 'tenant-a'], ['tenant-a']],
  ];
  for (const [args, tenants] of steps) {
    expect([args[0], await change(...args)]).toEqual([
      args[0],
      expect.objectContaining({ code: 0, tenants }),
    ]);
    const { code, out } = await runGitops(tree.root, ['check', '--no-render']);
    expect([args[0], code, out]).toEqual([
      args[0],
      0,
      expect.stringContaining('3 tenants checked'),
    ]);
  }
  expect(tree.read(policyPath)).toContain('badVersions: []\nfreezes: []\n');
  expect(tree.read(fileOf('tenant-b'))).toBe(tenantText('tenant-b', { tag: 'sha-2' }));
});

it('refuses in the words of the check and of the bump', async () => {
  expect(await change('promote', '--version', 'sha-2', '--tenant', 'tenant-h')).toMatchObject({
    code: 1,
    error: {
      code: 'HELD',
      message: 'tenant-h is held at sha-1111111 by user:default/ada: errors',
    },
  });
  const { out } = await runGitops(tree.root, [
    'bump',
    '--service',
    'demo-api',
    '--version',
    'sha-2',
    '--dry-run',
  ]);
  expect(out).toContain('is held at sha-1111111 by user:default/ada: errors');
});

it('makes a policy where there is none', async () => {
  rmSync(`${tree.root}/gitops/policy`, { recursive: true });
  expect(await change('mark-bad', '--version', 'sha-9', '--reason', 'x')).toMatchObject({
    code: 0,
  });
  expect(tree.read(policyPath)).toMatch(/^badVersions:\n {2}- version: sha-9\n/);
});

it.each<[string[], string]>([
  [['promote', '--version', 'latest'], 'version: must be an immutable image tag'],
  [['promote'], 'version: is missing: promote needs it'],
  [
    ['promote', '--version', 'v1', '--next'],
    "'--next' cannot be used with option '--version <tag>'",
  ],
  [['promote', '--version', 'v1', '--ring', 'x'], 'rings.0: must be a whole number'],
  [['promote', '--version', 'v1', '--reason', 'a\nb'], 'reason: must be one line'],
  [['promote', '--version', 'v1', '--tenant', ''], 'tenants.0: is empty'],
  [['rollback', '--version', 'v1'], 'reason: is missing'],
  [['hold', '--reason', 'x', '--by', 'ada'], '--by ada: must be a person'],
  [['hold', '--reason', 'x', '--until', '2026'], "unknown option '--until'"],
  [['set', '--set', 'premium'], '--set: write the fact and its value'],
  [['set', '--set', 'tier=gold'], 'set.tier: is "gold"'],
  [['set', '--set', 'constructor=1'], 'set.constructor: is not a field'],
  [['freeze', '--until', '2026-11-01T00:00:00Z', '--reason', 'x'], 'until: lies in the past'],
  [['hold', '--reason', 'x', '--open-pr'], '--open-pr: say where'],
])('refuses %j', async (args, message) => {
  const { code, out, err } = await runGitops(tree.root, args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

it('knows no tenant of that name', async () => {
  expect(await change('hold', '--tenant', 'tenant-q', '--reason', 'x')).toMatchObject({
    code: 1,
    error: { name: 'NotFoundError', message: 'tenants: there is no tenant tenant-q' },
  });
});

it('says it to people too', async () => {
  const { out } = await runGitops(tree.root, ['promote', '--version', 'sha-2', '--dry-run']);
  expect(out).toBe(
    [
      `changed tenant-a: sha-1111111 -> sha-2 (${fileOf('tenant-a')})`,
      `changed tenant-b: sha-1111111 -> sha-2 (${fileOf('tenant-b')})`,
      'left out tenant-h: is held at sha-1111111 by user:default/ada: errors (HELD)',
      'promote: 2 tenants, 1 left out. Nothing was written.',
      '',
    ].join('\n'),
  );
});

describe('a repository of another layout', () => {
  const layouts = ['--layouts', 'layouts.json'];
  const target = ['--service', 'web', '--tenant', 'acme'];

  beforeEach(() => {
    tree.write('layouts.json', JSON.stringify({ layouts: [{ path: 'overlays/{tenant}' }] }));
    tree.write(
      'overlays/acme/kustomization.yaml',
      'resources: [web.yaml]\nimages: [{ name: example.com/web, newTag: "1.0" }]\n',
    );
    tree.write(
      'overlays/acme/web.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: example.com/web }] } } }\n',
    );
  });

  it('rolls back with a hold in the policy, which bump, promote and check obey', async () => {
    const args = ['--version', '0.9', '--reason', 'errors', ...target, ...layouts];
    expect(await change('rollback', ...args)).toMatchObject({
      code: 0,
      tenants: ['acme'],
      files: [{ path: 'overlays/acme/kustomization.yaml' }, { path: policyPath }],
    });
    const next = ['--version', '1.1', ...target, ...layouts];
    const why = 'is held at 0.9 by user:default/';
    expect(await change('promote', ...next)).toMatchObject({
      code: 1,
      error: { code: 'HELD', message: expect.stringContaining(why) },
    });
    const bumped = await runGitops(tree.root, ['bump', ...next]);
    expect(bumped).toMatchObject({ code: 1, err: expect.stringContaining(why) });
    tree.write(
      'overlays/acme/kustomization.yaml',
      tree.read('overlays/acme/kustomization.yaml').replace('0.9', '1.1'),
    );
    const checked = await runGitops(tree.root, ['check', ...layouts]);
    expect(checked).toMatchObject({
      code: 1,
      out: expect.stringContaining('is 1.1, but the tenant acme is held at 0.9'),
    });
  });

  it('passes the check in a freeze when it rolls back and holds, and only then', async () => {
    tree.write(
      policyPath,
      'freezes: [{ all: true, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: x }]\n',
    );
    tree.commit();
    const check = ['check', '--base', 'HEAD', ...layouts];
    const back = ['rollback', '--version', '0.9', '--reason', 'errors', ...target, ...layouts];
    expect(await change(...back)).toMatchObject({ code: 0 });
    const held = await runGitops(tree.root, check);
    expect(held).toMatchObject({ code: 0, out: expect.stringContaining('is rolled back to 0.9') });
    tree.git('checkout', '--', '.');
    expect(await change(...back, '--no-hold')).toMatchObject({ code: 0 });
    expect(await runGitops(tree.root, check)).toMatchObject({ code: 1 });
  });

  it.each([
    ['badVersions: [{ version: "1.1", reason: x }]\n', 'is on the list of bad versions'],
    [
      'freezes: [{ all: true, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: x }]\n',
      'acme is frozen until',
    ],
  ])('refuses in bump and promote what %s forbids', async (policy, why) => {
    tree.write(policyPath, policy);
    for (const command of ['bump', 'promote']) {
      const args = [command, '--version', '1.1', ...target, ...layouts];
      const { code, err } = await runGitops(tree.root, args);
      expect([command, code, err]).toEqual([command, 1, expect.stringContaining(why)]);
    }
  });
});

it('says that holds of tenant files do not belong into the policy', async () => {
  tree.write(
    policyPath,
    'holds:\n  - { tenant: tenant-a, service: demo-api, version: v1, reason: x, by: user:default/ada, since: 2026-11-23T00:00:00Z }\n',
  );
  const { code, out } = await runGitops(tree.root, ['check', '--no-render']);
  expect(code).toBe(1);
  expect(out).toContain('holds nobody here: a tenant file has a place of its own');
});
