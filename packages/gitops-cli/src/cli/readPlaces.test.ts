import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

const valuesPath = 'fleet/{tenant}/values.yaml';
const config = `tenantReleases:\n  gitops:\n    repository: \${GITOPS_REPOSITORY}\n    valuesPath: ${valuesPath}\n    policyPath: rules.yaml\n`;
let tree: TestTree;

/** The tree of the tests, with tenant files and policy where the configuration says. */
beforeEach(() => {
  tree = testTree();
  for (const tenant of ['tenant-a', 'tenant-b']) {
    const before = `gitops/tenants/${tenant}-values.yaml`;
    const after = `fleet/${tenant}/values.yaml`;
    tree.write(after, tree.read(before));
    const application = `gitops/apps/${tenant}.yaml`;
    tree.write(application, tree.read(application).replaceAll(before, after));
    tree.write(`fleet/${tenant}/notes.yaml`, 'a: 1\n');
  }
  cpSync(path.join(tree.root, 'gitops/policy/releases.yaml'), path.join(tree.root, 'rules.yaml'));
  for (const gone of ['gitops/tenants', 'gitops/policy']) {
    rmSync(path.join(tree.root, gone), { recursive: true });
  }
  tree.write('app-config.yaml', config);
});
afterEach(() => tree.remove());

const run = (...args: string[]) => runGitops(tree.root, args);
const check = async (...args: string[]) => {
  const { code, out, err } = await run('check', '--no-render', '--output', 'json', ...args);
  return { code, err, findings: out === '' ? [] : JSON.parse(out).findings };
};
const bump = (...args: string[]) =>
  run('bump', '--service', 'demo-api', '--version', 'sha-2222222', '--output', 'json', ...args);

it('looks where the configuration of the portal says', async () => {
  expect(await check()).toEqual({ code: 0, err: '', findings: [] });
  tree.write('fleet/tenant-b/values.yaml', tenantText('tenant-b', { tag: '1.10' }));
  expect(await check()).toMatchObject({
    code: 1,
    findings: [{ file: 'fleet/tenant-b/values.yaml', line: 11, key: 'image.tag' }],
  });
});

it('moves the tenants of that place, under the policy of that place', async () => {
  tree.write('rules.yaml', 'badVersions: [{ version: sha-3333333, reason: loses orders }]\n');
  expect((await bump()).code).toBe(0);
  expect(tree.read('fleet/tenant-a/values.yaml')).toContain('tag: sha-2222222');
  const refused = await bump('--version', 'sha-3333333');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('list of bad versions in rules.yaml: loses orders');
});

it('says whom a change of that place reaches', async () => {
  tree.commit();
  await bump('--tenant', 'tenant-a');
  const { out } = await run('blast-radius', '--base', 'HEAD', '--output', 'json');
  expect(JSON.parse(out)).toMatchObject({
    tenants: [{ name: 'tenant-a', version: { from: 'sha-1111111', to: 'sha-2222222' } }],
    of: 2,
  });
});

it('is told where by a file or by options, too', async () => {
  rmSync(path.join(tree.root, 'app-config.yaml'));
  expect(await check()).toMatchObject({ code: 1 });
  tree.write('other/portal.yaml', config);
  expect(await check('--config', 'other/portal.yaml')).toMatchObject({ code: 0, findings: [] });
  const options = ['--values-path', valuesPath, '--policy-path', 'rules.yaml'];
  expect(await check(...options)).toMatchObject({ code: 0, findings: [] });
});

it('compares by the configuration of the base, which a pull request cannot change for itself', async () => {
  tree.commit();
  tree.write('app-config.yaml', config.replace(valuesPath, 'elsewhere/{tenant}.yaml'));
  tree.write('fleet/tenant-b/values.yaml', tenantText('tenant-b', { tag: 'latest' }));
  expect(await check('--base', 'HEAD')).toMatchObject({
    code: 1,
    findings: [{ file: 'fleet/tenant-b/values.yaml', key: 'image.tag' }],
  });
});

it('takes * for the name of one folder', async () => {
  for (const tenant of ['tenant-a', 'tenant-b']) {
    const cluster = tenant === 'tenant-a' ? 'eu-1' : 'us-1';
    const [before, after] = [`fleet/${tenant}`, `clusters/${cluster}/${tenant}`];
    tree.write(`${after}/values.yaml`, tree.read(`${before}/values.yaml`));
    const application = `gitops/apps/${tenant}.yaml`;
    tree.write(application, tree.read(application).replaceAll(before, after));
  }
  const where = ['--values-path', 'clusters/*/{tenant}/values.yaml', '--policy-path', 'rules.yaml'];
  expect(await check(...where)).toMatchObject({ code: 0, findings: [] });
  expect((await bump('--tenant', 'tenant-b', ...where)).code).toBe(0);
  expect(tree.read('clusters/us-1/tenant-b/values.yaml')).toContain('tag: sha-2222222');
  expect(tree.read('clusters/eu-1/tenant-a/values.yaml')).toContain('tag: sha-1111111');
});

it.each([
  [['--values-path', 'x/{region}.yaml'], /valuesPath holds \{region\}; only \{tenant\}/],
  [['--values-path', 'x/**/{tenant}.yaml'], /holds "\*\*"/],
  [['--values-path', '{tenant}/{service}.yaml'], /more than one service a tenant/],
  [['--config', 'nowhere.yaml'], /--config nowhere\.yaml: cannot be read/],
  [['--policy-path', './rules.yaml'], /policyPath must be a path from the repository's root/],
  [['--policy-path', 'x/../rules.yaml'], /policyPath must be a path from the repository's root/],
  [['--values-path', './fleet/{tenant}/values.yaml'], /valuesPath must be a path from the/],
  [['--values-path', 'fleet/{tenant}-*.yaml'], /needs a separator that no name holds/],
])('calls %j a wrong use', async (args, words) => {
  expect(await check(...args)).toMatchObject({ code: 2, err: expect.stringMatching(words) });
});

describe('a configuration that says nothing which can be followed', () => {
  it.each([
    ['- a\n', /app-config\.yaml:1 file must be a block of keys, but is a list/],
    ['tenantReleases: none\n', /app-config\.yaml:1 tenantReleases must be a block .* is text/],
    [
      'a: 1\ntenantReleases:\n  gitops:\n    - layouts: []\n',
      /:3 tenantReleases\.gitops names no repository without layouts.*--values-path/,
    ],
    [
      'tenantReleases:\n  gitops:\n    - valuesPath: x\n    - branch: main\n',
      /:2 tenantReleases\.gitops names more than one repository without layouts/,
    ],
    ['tenantReleases:\n  gitops: [{ layouts: [] }, { valuesPath: x }]\n', /valuesPath must hold/],
    ['tenantReleases:\n  gitops: fleet\n', /:2 tenantReleases\.gitops must .* but is text/],
    ['tenantReleases:\n  $include: x.yaml\n', /:1 tenantReleases holds \$include, which is not/],
    ['tenantReleases:\n  gitops: { $include: x.yaml }\n', /gitops holds \$include.*--values-path/],
    ['tenantReleases:\n  gitops: { valuesPath: { $env: X } }\n', /valuesPath must be a text/],
    ['tenantReleases:\n  gitops: { policyPath: ./rules.yaml }\n', /policyPath must be a path/],
  ])('is a wrong use: %j', async (text, words) => {
    tree.write('app-config.yaml', text);
    const wrong = { code: 2, err: expect.stringMatching(words) };
    expect(await check()).toMatchObject(wrong);
    expect(await bump()).toMatchObject(wrong);
    expect(await check('--config', 'app-config.yaml')).toMatchObject(wrong);
    const paths = ['--values-path', valuesPath, '--policy-path', 'rules.yaml'];
    expect(await check(...paths)).toMatchObject({ code: 0, findings: [] });
  });

  it.each(['{}\n', 'tenantReleases:\n', 'tenantReleases:\n  gitops:\n', '# nothing\n'])(
    'is none when it is silent: %j',
    async text => {
      tree.write('app-config.yaml', text);
      const { findings } = await check();
      expect(findings).toContainEqual(
        expect.objectContaining({ file: 'gitops/policy/releases.yaml', rule: 'policy' }),
      );
    },
  );
});

it('obeys the size that is configured', async () => {
  const long = `${tenantText('tenant-b')}# ${'x'.repeat(70_000)}\n`;
  tree.write('fleet/tenant-b/values.yaml', long);
  expect(await check()).toMatchObject({
    code: 1,
    findings: [{ rule: 'too-large', problem: 'is larger than 64 KiB' }],
  });
  tree.write('app-config.yaml', `${config}    maxFileBytes: 100000\n`);
  expect(await check()).toMatchObject({ code: 0, findings: [] });
});
