import { rmSync } from 'node:fs';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { BlastRadius } from '@internal/gitops';

let tree: TestTree;
const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const policyFile = 'gitops/policy/releases.yaml';

beforeEach(() => {
  tree = testTree();
  tree.addTenant('tenant-p', tenantText('tenant-p', { tier: 'premium', hold: 'sha-1111111' }));
  tree.write(
    policyFile,
    'freezes:\n  - { tiers: [premium], from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }\n',
  );
  tree.write('gitops/platform/prometheus/prometheus.yaml', 'a: 1\n');
  tree.commit();
});
afterEach(() => tree.remove());

async function radius(...args: string[]): Promise<BlastRadius> {
  const { code, out } = await runGitops(tree.root, [
    'blast-radius',
    '--base',
    'main',
    '--output',
    'json',
    ...args,
  ]);
  expect(code).toBe(0);
  return JSON.parse(out);
}

async function text(output: string): Promise<string> {
  return (await runGitops(tree.root, ['blast-radius', '--base', 'main', '--output', output])).out;
}

it('says that nothing is reached', async () => {
  expect(await radius()).toMatchObject({ tenants: [], of: 3, charts: [], platform: [] });
  expect(await text('human')).toBe('0 of 3 tenants reached.\n');
});

it('tells versions, settings, and who is frozen or held', async () => {
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222', tier: 'premium' }));
  tree.write(fileOf('tenant-p'), tenantText('tenant-p', { tier: 'premium', tag: 'sha-2222222' }));
  const { tenants, ...groups } = await radius();
  expect(tenants).toEqual([
    expect.objectContaining({
      name: 'tenant-b',
      how: 'changed',
      version: { from: 'sha-1111111', to: 'sha-2222222' },
      settings: ['tenant.tier'],
      freeze: { reason: 'sale', until: '2026-11-24T00:00:00Z' },
    }),
    expect.objectContaining({
      name: 'tenant-p',
      settings: [
        'tenant.hold.by',
        'tenant.hold.reason',
        'tenant.hold.since',
        'tenant.hold.version',
      ],
      freeze: { reason: 'sale', until: '2026-11-24T00:00:00Z' },
    }),
  ]);
  expect(groups).toMatchObject({
    tiers: { premium: 2 },
    rings: { 1: 2 },
    owners: { 'group:default/tenant-b-owners': 1 },
  });
  expect(await text('human')).toContain(
    'tenant-b (premium, ring 1, group:default/tenant-b-owners): sha-1111111 -> sha-2222222; tenant.tier; frozen until',
  );
});

it('tells tenants that come and go, and their Argo CD objects', async () => {
  tree.addTenant('tenant-n');
  ['tenants/tenant-b-values', 'apps/tenant-b', 'projects/tenant-b'].forEach(name =>
    rmSync(path.join(tree.root, `gitops/${name}.yaml`)),
  );
  expect(
    (await radius()).tenants.map(({ name, how, argocd, version }) => [name, how, argocd, version]),
  ).toEqual([
    ['tenant-b', 'removed', true, { from: 'sha-1111111' }],
    ['tenant-n', 'added', true, { to: 'sha-1111111' }],
  ]);
});

it('reaches everybody by a chart, and names those to think of', async () => {
  tree.write('charts/tenant/templates/service.yaml', '# changed\n');
  tree.commit();
  tree.git('branch', 'topic');
  tree.git('reset', '--quiet', '--hard', 'HEAD~1');
  const { tenants, charts } = await radius('--head', 'topic');
  expect(charts).toEqual(['charts/tenant']);
  expect(tenants.map(({ name, how }) => [name, how])).toEqual([
    ['tenant-a', 'all'],
    ['tenant-b', 'all'],
    ['tenant-p', 'all'],
  ]);
  const { out } = await runGitops(tree.root, [
    'blast-radius',
    '--base',
    'main',
    '--head',
    'topic',
    '--output',
    'markdown',
  ]);
  expect(out).toContain('3 of 3 tenants reached, 1 frozen, 1 held, charts change.');
  expect(out).toContain('| `tenant-p` |');
  expect(out).not.toContain('| `tenant-a` |');
});

it('tells changes of the rules and of the platform', async () => {
  tree.write(policyFile, 'badVersions:\n  - { version: sha-2222222, reason: errors }\n');
  tree.write('gitops/platform/prometheus/prometheus.yaml', 'a: 2\n');
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' }));
  const { policy, platform, tenants } = await radius();
  expect(policy).toMatchObject({
    badVersions: { added: [{ version: 'sha-2222222' }] },
    freezes: { removed: [{ reason: 'sale' }] },
  });
  expect(platform).toEqual(['gitops/platform/prometheus/prometheus.yaml']);
  expect(tenants[0].bad).toBe('errors');
});

it('escapes what others wrote, and shows no values of settings', async () => {
  const evil = '"</td><img src=x> @acme/all | [x](https://evil.example) `"';
  tree.write(
    fileOf('tenant-b'),
    `${tenantText('tenant-b')
      .replace('Acme Corp', evil)
      .replace('group:default/tenant-b-owners', evil)}\npassword: hunter2\n`,
  );
  const markdown = await text('markdown');
  expect(markdown).toMatch(
    /`` <\/td><img src=x> @acme\/all \\\| \[x\]\(https:\/\/evil\.example\) ` ``|``<\/td>/,
  );
  expect(markdown.replace(/(`+)[^`](?:[^]*?[^`])?\1(?!`)/g, '')).not.toMatch(/<img|@acme|\]\(/);
  expect(markdown).toContain('`password`');
  expect(`${markdown}${await text('human')}${await text('json')}`).not.toContain('hunter2');
});

it('is told of a broken file, and goes on', async () => {
  tree.write(fileOf('tenant-b'), 'tenant: [\n');
  tree.write(fileOf('tenant-a'), tenantText('tenant-a', { tag: 'sha-2222222' }));
  expect((await radius()).tenants.map(({ name, readable }) => [name, readable])).toEqual([
    ['tenant-a', true],
    ['tenant-b', false],
  ]);
});

it.each([
  ['YAML', 'x: ['],
  ['size', `# ${'x'.repeat(70_000)}\n`],
])('says no more than that a file cannot be read, for its %s', async (_, more) => {
  tree.write(fileOf('tenant-b'), `${tree.read(fileOf('tenant-b'))}${more}`);
  const { tenants } = await radius();
  expect(tenants).toMatchObject([
    { name: 'tenant-b', how: 'changed', readable: false, settings: [] },
  ]);
  expect(tenants[0].version).toBeUndefined();
});

it('does not take a tenant for new whose file could not be read before', async () => {
  const good = tree.read(fileOf('tenant-b'));
  tree.write(fileOf('tenant-b'), `${good}# ${'x'.repeat(70_000)}\n`);
  tree.commit();
  tree.write(fileOf('tenant-b'), good);
  expect((await radius()).tenants).toMatchObject([{ how: 'changed', readable: true }]);
});

it('says that the policy cannot be read', async () => {
  tree.write(policyFile, 'freezes: [');
  expect((await radius()).policy).toMatchObject({ broken: true, rings: false });
  expect(await text('human')).toContain('nobody knows what is frozen or bad');
});

it.each(['README.md', 'ci/new-values.yaml'])('rolls nobody out for %s of a chart', async name => {
  tree.write(`charts/tenant/${name}`, '# new\n');
  expect(await radius()).toMatchObject({ charts: [], tenants: [] });
});
