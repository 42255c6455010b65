import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';

let tree: TestTree;
const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;
const policyFile = 'gitops/policy/releases.yaml';
const freeze = (subject: string) =>
  `rings:\n  - { ring: 0, name: canary }\n  - { ring: 1, name: early }\nfreezes:\n  - { ${subject}, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }\n`;

beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

async function check(
  ...args: string[]
): Promise<{ code: number; findings: Finding[]; err: string }> {
  const { code, out, err } = await runGitops(tree.root, [
    'check',
    '--no-render',
    '--output',
    'json',
    ...args,
  ]);
  return { code, err, findings: out === '' ? [] : JSON.parse(out).findings };
}

it('refuses a held tenant whose tag is another', async () => {
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { hold: 'sha-9999999' }));
  const { code, findings } = await check();
  expect(code).toBe(1);
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'held',
      file: fileOf('tenant-b'),
      line: 12,
      key: 'image.tag',
      cure: expect.stringContaining('sha-9999999'),
    }),
  ]);
});

it('refuses a version on the bad list, and only warns where it was there before', async () => {
  tree.commit();
  tree.write(
    policyFile,
    `badVersions:\n  - { version: sha-1111111, reason: errors }\n  - { version: sha-2222222, reason: worse }\n`,
  );
  expect(await check()).toMatchObject({
    code: 1,
    findings: [{ rule: 'bad-version', key: 'image.tag' }, { rule: 'bad-version' }],
  });
  expect(await check('--base', 'HEAD')).toMatchObject({
    code: 0,
    findings: [{ severity: 'warning' }, { severity: 'warning' }],
  });
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' }));
  const { code, findings } = await check('--base', 'HEAD');
  expect({ code, errors: findings.filter(one => one.severity === 'error') }).toMatchObject({
    code: 1,
    errors: [{ rule: 'bad-version', file: fileOf('tenant-b'), line: 11 }],
  });
});

it('does not let a version off the bad list and in at once', async () => {
  tree.write(policyFile, 'badVersions:\n  - { version: sha-2222222, reason: worse }\n');
  tree.commit();
  tree.write(policyFile, 'badVersions: []\n');
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' }));
  expect(await check('--base', 'HEAD')).toMatchObject({
    code: 1,
    findings: [{ rule: 'bad-version' }],
  });
});

describe('a frozen tenant', () => {
  it.each<[string, string, () => void, number]>([
    [
      'by name',
      'tenants: [tenant-b]',
      () => tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' })),
      1,
    ],
    [
      'by ring',
      'rings: [1]',
      () => tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' })),
      1,
    ],
    [
      'whose ring is changed as well',
      'rings: [1]',
      () => tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222', ring: 0 })),
      1,
    ],
    [
      'that is thawed as well',
      'tenants: [tenant-b]',
      () => {
        tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' }));
        tree.write(policyFile, freeze('tenants: [tenant-a]'));
      },
      1,
    ],
    [
      'whose repository changes',
      'tenants: [tenant-b]',
      () =>
        tree.write(
          fileOf('tenant-b'),
          tenantText('tenant-b').replace('acme/demo-api', 'acme/other'),
        ),
      1,
    ],
    [
      'that is rolled back and held',
      'tenants: [tenant-b]',
      () =>
        tree.write(
          fileOf('tenant-b'),
          tenantText('tenant-b', { tag: 'sha-0000000', hold: 'sha-0000000' }),
        ),
      0,
    ],
    [
      'that is held and gets another image',
      'tenants: [tenant-b]',
      () =>
        tree.write(
          fileOf('tenant-b'),
          tenantText('tenant-b', { tag: 'sha-0000000', hold: 'sha-0000000' }).replace(
            'acme/demo-api',
            'acme/other',
          ),
        ),
      1,
    ],
    [
      'that goes',
      'tenants: [tenant-b]',
      () =>
        ['tenants/tenant-b-values', 'apps/tenant-b', 'projects/tenant-b'].forEach(name =>
          rmSync(path.join(tree.root, `gitops/${name}.yaml`)),
        ),
      1,
    ],
    [
      'whose settings change',
      'tenants: [tenant-b]',
      () => tree.write(fileOf('tenant-b'), tenantText('tenant-b').replace('Acme', 'Other')),
      0,
    ],
    [
      'beside others',
      'tenants: [tenant-b]',
      () => tree.write(fileOf('tenant-a'), tenantText('tenant-a', { tag: 'sha-2222222', ring: 0 })),
      0,
    ],
    [
      'with other line ends',
      'tenants: [tenant-b]',
      () => tree.write(fileOf('tenant-b'), tenantText('tenant-b').replaceAll('\n', '\r\n')),
      0,
    ],
  ])('%s', async (_, subject, change, code) => {
    tree.write(policyFile, freeze(subject));
    tree.commit();
    change();
    const result = await check('--base', 'HEAD');
    expect({
      code: result.code,
      findings: result.findings.filter(one => one.severity === 'error'),
    }).toMatchObject(
      code === 1
        ? { code, findings: [{ rule: 'frozen', file: fileOf('tenant-b') }] }
        : { code, findings: [] },
    );
    expect(
      (await check('--base', 'HEAD', '--at', '2026-11-24T00:00:00Z')).findings.filter(
        one => one.rule === 'frozen',
      ),
    ).toEqual([]);
  });
});

it.each<[string, string, (text: string) => string]>([
  ['tag', 'image.tag', text => text.replace('sha-1111111', 'sha-2222222')],
  ['repository', 'image.repository', text => text.replace('acme/demo-api', 'acme/other')],
  ['digest', 'image.digest', text => `${text}  digest: sha-1111111@sha256:${'a'.repeat(64)}\n`],
  [
    'digest behind the tag',
    'image.digest',
    text => text.replace('sha-1111111', `sha-1111111@sha256:${'a'.repeat(64)}`),
  ],
])('names the key that a frozen tenant changes: %s', async (_, key, change) => {
  tree.write(policyFile, freeze('tenants: [tenant-b]'));
  tree.commit();
  tree.write(fileOf('tenant-b'), change(tenantText('tenant-b')));
  expect(await check('--base', 'HEAD')).toMatchObject({
    code: 1,
    findings: [
      { rule: 'frozen', key, problem: expect.stringMatching(/^changes while the tenant/) },
    ],
  });
});

describe('a policy of the base that cannot be read', () => {
  it.each<[string, () => void, RegExp]>([
    [
      'an unknown key',
      () => tree.write(policyFile, `${freeze('all: true')}badVersion: []\n`),
      /line 6: badVersion is not a key of this file/,
    ],
    ['no YAML', () => tree.write(policyFile, 'freezes: [\n'), /line 2: freezes/],
    [
      'Latin-1',
      () => tree.write(policyFile, Buffer.from(`${freeze('all: true')}# M\u00fcller\n`, 'latin1')),
      /is not UTF-8/,
    ],
    [
      'a symbolic link',
      () => {
        tree.write('elsewhere.yaml', freeze('all: true'));
        rmSync(path.join(tree.root, policyFile));
        symlinkSync('../../elsewhere.yaml', path.join(tree.root, policyFile));
      },
      /is a symbolic link/,
    ],
    [
      'a folder that is a symbolic link',
      () => {
        tree.write('rules/releases.yaml', freeze('all: true'));
        rmSync(path.join(tree.root, 'gitops/policy'), { recursive: true });
        symlinkSync('../rules', path.join(tree.root, 'gitops/policy'));
      },
      /is a symbolic link/,
    ],
  ])('stops the change of a tenant, and not its own correction: %s', async (_, breakIt, why) => {
    breakIt();
    tree.commit();
    rmSync(path.join(tree.root, 'gitops/policy'), { recursive: true });
    tree.write(policyFile, freeze('tenants: [tenant-a]'));
    const said = {
      rule: 'policy',
      file: policyFile,
      problem: expect.stringMatching(why),
      cure: 'correct the policy there first, in a pull request of its own',
    };
    expect(await check('--base', 'HEAD')).toMatchObject({
      code: 0,
      findings: [{ ...said, severity: 'warning' }],
    });
    tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-2222222' }));
    expect(await check('--base', 'HEAD')).toMatchObject({
      code: 1,
      findings: [{ ...said, severity: 'error' }],
    });
  });
});

it('compares with where the histories part, under the rules of the tip', async () => {
  tree.commit();
  tree.git('checkout', '--quiet', '-b', 'topic');
  tree.write(fileOf('tenant-a'), tenantText('tenant-a', { tag: 'sha-2222222', ring: 0 }));
  tree.commit();
  tree.git('checkout', '--quiet', 'main');
  tree.write(policyFile, freeze('all: true'));
  tree.write(fileOf('tenant-b'), tenantText('tenant-b', { tag: 'sha-3333333' }));
  tree.commit();
  tree.git('checkout', '--quiet', 'topic');
  const { findings } = await check('--base', 'main');
  expect(findings.map(({ rule, file }) => [rule, file])).toEqual([['frozen', fileOf('tenant-a')]]);
});

it.each(['nowhere', '--upload-pack=x', 'HEAD:gitops', 'main..HEAD', ''])(
  'calls --base %j a wrong use',
  async ref => {
    tree.commit();
    const { code, err } = await check(`--base=${ref}`);
    expect(code).toBe(2);
    expect(err).toMatch(/--base .*is no commit of this checkout.*fetch it first/);
  },
);

it('says that a tree without Git has no base', async () => {
  const { code, err } = await check('--base', 'main');
  expect(code).toBe(2);
  expect(err).not.toContain(tree.root);
});

describe('the policy', () => {
  it.each([
    ['a wrong freeze', 'freezes:\n  - { all: true, reason: x }\n', 2, 'freezes.0.from'],
    ['no YAML', 'freezes: [\n', 2, 'freezes'],
    ['a key twice', 'rings: []\nrings: []\n', 2, 'rings'],
  ])('is refused with %s', async (_, text, line, key) => {
    tree.write(policyFile, text);
    const { code, findings } = await check();
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ file: policyFile, line, key, severity: 'error' }),
    );
  });

  it('is missed, and names are compared with the tenants', async () => {
    rmSync(path.join(tree.root, policyFile));
    expect(await check()).toMatchObject({
      code: 0,
      findings: [{ rule: 'policy', severity: 'warning' }],
    });
    tree.write(
      policyFile,
      `rings:\n  - { ring: 0, name: canary }\n${freeze('tenants: [tenant-q]').replace(
        /^rings:\n.*\n.*\n/,
        '',
      )}`,
    );
    expect((await check()).findings.map(({ rule, file, key }) => [rule, file, key])).toEqual([
      ['policy', policyFile, 'freezes.0.tenants.0'],
      ['ring', fileOf('tenant-b'), 'tenant.ring'],
    ]);
  });
});
