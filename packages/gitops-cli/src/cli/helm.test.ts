import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findHelm } from '@internal/gitops';
import { parseAllDocuments } from 'yaml';
import { repositoryRoot, tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import { representatives } from '@internal/gitops';

// Real helm, on a machine that may be busy.
jest.setTimeout(120_000);

let tree: TestTree;
let env: { PATH: string };

beforeAll(async () => {
  const places = [
    process.env.PATH,
    ...['bin', 'testing'].map(name => path.join(repositoryRoot, '.tools', name)),
  ];
  const helm = await findHelm(undefined, places.join(path.delimiter));
  if (!('path' in helm))
    throw new Error('These tests need helm: npm test brings it, or put helm on the PATH');
  env = { PATH: path.dirname(helm.path) };
});
beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

describe('gitops render', () => {
  it('prints what both Applications would apply', async () => {
    const { code, out, err } = await runGitops(tree.root, ['render', 'tenant-a'], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const objects = parseAllDocuments(out)
      .map(document => document.toJS())
      .filter(Boolean);
    const kinds = objects.map(({ kind }) => kind);
    expect(kinds).toEqual(
      expect.arrayContaining([
        'Deployment',
        'Service',
        'Namespace',
        'ResourceQuota',
        'NetworkPolicy',
      ]),
    );
    expect(out).toContain('# Application tenant-a-fence');
  });

  it.each([
    [
      'a tag that moves',
      (text: string) => text.replace('sha-1111111', 'latest'),
      /charts\/tenant refuses the file: .*(latest|tag)/,
    ],
    ['no YAML', () => 'tenant: [\n', /charts\/tenant refuses the file/],
  ])('says what Helm says of %s', async (_, change, reason) => {
    tree.write('gitops/tenants/tenant-a-values.yaml', change(tenantText('tenant-a')));
    const { code, out, err } = await runGitops(tree.root, ['render', 'tenant-a'], env);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(reason);
    expect(err).not.toContain(tree.root);
    expect(err).not.toContain('/tmp/');
  });

  it("renders no Application that is not the tenant's", async () => {
    tree.write(
      'gitops/apps/tenant-a.yaml',
      tree.read('gitops/apps/tenant-a.yaml').replace('path: charts/tenant\n', 'path: ../../etc\n'),
    );
    const { code, err } = await runGitops(tree.root, ['render', 'tenant-a'], env);
    expect(code).toBe(1);
    expect(err).toContain('gitops/apps/tenant-a.yaml:');
    expect(err).toContain('spec.source.path must be charts/tenant');
  });
});

describe('gitops check --render', () => {
  const broken =
    '{{ if eq .Values.tenant.tier "premium" }}{{ fail "premium is sold out" }}{{ end }}\n';

  it('renders changed tenants, and names the one that Helm refuses', async () => {
    tree.addTenant('tenant-p', tenantText('tenant-p', { tier: 'premium' }));
    tree.write('charts/tenant/templates/broken.yaml', broken);
    tree.commit();
    for (const name of ['tenant-b', 'tenant-p']) {
      tree.write(
        `gitops/tenants/${name}-values.yaml`,
        tree.read(`gitops/tenants/${name}-values.yaml`).replace('sha-1111111', 'sha-2222222'),
      );
    }
    const { code, out } = await runGitops(tree.root, ['check', '--base', 'main'], env);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^gitops\/tenants\/tenant-p-values\.yaml:1:1 error cannot be deployed: charts\/tenant refuses the file: .*premium is sold out/m,
    );
    expect(out).not.toMatch(/^gitops\/tenants\/tenant-b/m);
    expect(out).toContain('Note: Rendered with helm: 2 of 3 tenants.');
    expect(out).not.toContain(tree.root);
  });

  it('renders one of each kind when a chart changes', async () => {
    for (const name of ['one', 'two', 'three']) tree.addTenant(name);
    tree.commit();
    tree.write('charts/tenant/templates/broken.yaml', '{{ fail "no" }}\n');
    const { code, out } = await runGitops(tree.root, ['check', '--base', 'main'], env);
    expect(code).toBe(1);
    expect(out).toContain('Note: Rendered with helm: 1 of 5 tenants, one of each kind.');
  });

  it('says that helm is missing, and refuses only when it was asked for', async () => {
    tree.commit();
    tree.write(
      'gitops/tenants/tenant-b-values.yaml',
      tenantText('tenant-b', { tag: 'sha-2222222' }),
    );
    const none = { PATH: path.join(tree.root, 'nowhere') };
    expect(await runGitops(tree.root, ['check', '--base', 'main'], none)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Not rendered: helm is not on the PATH'),
    });
    expect(await runGitops(tree.root, ['check', '--render'], none)).toMatchObject({
      code: 2,
      err: expect.stringContaining('install helm 3.16 or newer'),
    });
  });

  it('does not let a chart bring in files from outside', async () => {
    const outside = path.join(tree.root, 'outside.yaml');
    writeFileSync(outside, 'kind: Secret\nmetadata: { name: outside }\n');
    symlinkSync(outside, path.join(tree.root, 'charts/tenant/templates/leak.yaml'));
    const rendered = await runGitops(tree.root, ['render', 'tenant-a'], env);
    expect(rendered).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('charts/tenant/templates/leak.yaml is a symbolic link'),
    });
    const checked = await runGitops(tree.root, ['check', '--render'], env);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('Note: Not rendered: the charts hold symbolic links.');
  });

  it('names the file that cannot be read', async () => {
    const file = 'gitops/tenants/tenant-a-values.yaml';
    rmSync(path.join(tree.root, file));
    symlinkSync('nowhere', path.join(tree.root, file));
    expect((await runGitops(tree.root, ['render', 'tenant-a'], env)).err).toContain(
      `${file} is a symbolic link`,
    );
  });

  it('names the whole key that the schema refuses', async () => {
    tree.write(
      'gitops/tenants/tenant-a-values.yaml',
      tenantText('tenant-a').replace('ring: 1', 'ring: x'),
    );
    const { code, err } = await runGitops(tree.root, ['render', 'tenant-a'], env);
    expect(code).toBe(1);
    expect(err).toMatch(/tenant[./]ring/);
  });

  it('runs helm with bounds of memory, and without the environment of the command', async () => {
    const helm = path.join(tree.root, 'stub');
    const script = 'echo "# $GOMEMLIMIT $(ulimit -v) ($GITHUB_TOKEN)"';
    writeFileSync(helm, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env.GITHUB_TOKEN = 'hunter2';
    const { out } = await runGitops(tree.root, ['render', 'tenant-a', '--helm', helm]);
    delete process.env.GITHUB_TOKEN;
    expect(out).toContain('\n# 512MiB 4194304 ()\n');
  });

  it('names the chart when helm cannot be run', async () => {
    const helm = path.join(tree.root, 'stub');
    writeFileSync(helm, '#!/nowhere\n', { mode: 0o755 });
    expect(await runGitops(tree.root, ['render', 'tenant-a', '--helm', helm])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^helm template of charts\/tenant: helm cannot be run/),
    });
  });

  it('runs no program that the tree brings', async () => {
    mkdirSync(path.join(tree.root, 'bin'));
    symlinkSync('/bin/true', path.join(tree.root, 'bin/helm'));
    const [none, one] = [['', 'nowhere'].join(path.delimiter), env.PATH];
    expect(await findHelm(undefined, none)).toEqual({ problem: expect.any(String) });
    expect(await findHelm(undefined, one)).toEqual({ path: expect.stringMatching(/^\//) });
  });
});

it('takes tenants for alike that differ in names and the version only', () => {
  const tenant = (name: string, more: Record<string, unknown> = {}) => {
    const block = {
      name,
      displayName: name,
      owner: 'group:default/x',
      tier: 'free' as const,
      ring: 1,
      contact: 'a@example.com',
    };
    return {
      name,
      path: name,
      file: { tenant: block, image: { repository: 'r', tag: name }, ...more },
    };
  };
  const all = [
    tenant('a'),
    tenant('b'),
    tenant('c', { replicas: 3 }),
    tenant('d'),
    { name: 'e', path: 'e' },
  ];
  expect(representatives(all, new Set(['d'])).map(({ name }) => name)).toEqual(['a', 'c', 'd']);
});
