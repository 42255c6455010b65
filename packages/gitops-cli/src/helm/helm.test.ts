import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import {
  repositoryRoot,
  runGitops,
  tenantText,
  testTree,
  type TestTree,
} from '../__testUtils__/testTree';
import { findHelm } from './findHelm';
import { representatives } from './representatives';
import { reasonOf } from './runHelm';

// Real helm, on a machine that may be busy.
jest.setTimeout(120_000);

let tree: TestTree;
let env: { PATH: string };

beforeAll(async () => {
  const places = [
    process.env.PATH,
    ...['bin', 'testing'].map(name => path.join(repositoryRoot, '.tools', name)),
  ];
  const helm = await findHelm(places.join(path.delimiter));
  if (!helm) throw new Error('These tests need helm: npm test brings it, or put helm on the PATH');
  env = { PATH: path.dirname(helm) };
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

  it('runs no program that the tree brings', async () => {
    mkdirSync(path.join(tree.root, 'bin'));
    symlinkSync('/bin/true', path.join(tree.root, 'bin/helm'));
    expect(await findHelm(['', 'nowhere'].join(path.delimiter))).toBeUndefined();
    expect(path.isAbsolute((await findHelm(env.PATH)) ?? '')).toBe(true);
  });
});

it.each([
  [
    'Error: execution error at (tenant/templates/x.yaml:1:4): no\n',
    'execution error at (tenant/templates/x.yaml:1:4): no',
  ],
  [
    'Error: open /tmp/x/y/values.yaml: no such file\nUse --debug\n',
    'open values.yaml: no such file',
  ],
  [
    '==> Linting ./charts/tenant\n[ERROR] values.yaml: - tenant: nope\n\nError: 1 chart(s) linted, 1 chart(s) failed\n',
    '[ERROR] values.yaml: - tenant: nope',
  ],
  [
    "Error: values don't meet the specifications\ntenant:\n- at '/tenant/ring': got string, want integer\n",
    "values don't meet the specifications tenant: - at '/tenant/ring': got string, want integer",
  ],
  ["Error: cannot read '/tmp/x/y'\n", "cannot read 'y'"],
])('tells %j without paths of the machine', (said, expected) => {
  expect(reasonOf(said, '/tree')).toBe(expected);
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
