import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';

jest.setTimeout(120_000);

const bundle = mkdtempSync(path.join(tmpdir(), 'gitops-bundle-'));
const program = path.join(bundle, 'main.cjs');
const notAsked =
  'Note: No registry was asked whether images exist: name one with --registry or --registry-config.\n';
let tree: TestTree;

beforeAll(() => {
  // As build.mjs does it, but not into dist, which may be in use.
  return build({
    entryPoints: [path.resolve(__dirname, '../main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
  });
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));
beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

/** Runs the program as a process of its own. */
function gitops(
  args: string[],
  env: Record<string, string> = {},
  cwd = tree.root,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise(resolve => {
    const options = {
      cwd,
      env: { PATH: process.env.PATH, HOME: tree.root, ...env },
      maxBuffer: 64 * 1024 * 1024,
    };
    execFile(process.execPath, [program, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

it.each([
  [['--help'], 0, /Exit codes: 0 done, 1 refused, 2 usage error/],
  [['check', '--help'], 0, /Examples:\n {2}gitops check/],
  [['bump', '--help'], 0, /Examples:\n {2}gitops bump/],
  [['blast-radius', '--help'], 0, /Examples:\n {2}gitops blast-radius/],
  [['render', '--help'], 0, /Examples:\n {2}gitops render/],
])('helps: %j', async (args, code, words) => {
  const { out, ...ran } = await gitops(args);
  expect(ran).toEqual({ code, err: '' });
  expect(out).toMatch(words);
});

it.each([
  [[], /Usage: gitops/],
  [['nope'], /unknown command 'nope'/],
  [['check', '--nope'], /unknown option '--nope'/],
  [['check', 'more'], /too many arguments/],
  [['check', '--output', 'xml'], /Allowed choices are human, json, github/],
  [['check', '--at', 'noon'], /--at noon: must be an instant such as/],
  [['check', '--dir', 'nowhere'], /--dir nowhere: is no folder/],
  [['check', '--dir', 'charts'], /--dir charts holds no gitops\/ folder/],
  [['check', '--helm', 'charts'], /--helm charts: is no program/],
  [['bump', '--version', 'sha-1'], /required option '--service <name>'/],
  [['bump', '--service', 'demo-api', '--version', 'latest'], /not latest/],
  [['bump', '--service', 'demo-api', '--version', 'sha-1', '--ring', '10'], /from 0 to 9/],
  [
    ['bump', '--service', 'demo-api', '--version', 'sha-1', '--open-pr'],
    /--repository owner\/name/,
  ],
  [
    [
      'bump',
      '--service',
      'demo-api',
      '--version',
      'sha-1',
      '--open-pr',
      '--repository',
      'acme/platform',
    ],
    /set GITHUB_TOKEN/,
  ],
  [['blast-radius'], /required option '--base <ref>'/],
  [['blast-radius', '--base', 'main'], /is no commit of this checkout/],
  [['render', '../x'], /<tenant> must start with/],
  [['render', 'tenant-z'], /There is no tenant tenant-z|helm is not on the PATH/],
])('calls %j a wrong use', async (args, words) => {
  const { code, out, err } = await gitops(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(words);
  expect(err).not.toContain(tree.root);
});

it('works from a folder of the tree', async () => {
  expect(await gitops(['check'], {}, path.join(tree.root, 'gitops/tenants'))).toMatchObject({
    code: 0,
    out: `${notAsked}2 tenants checked: nothing to complain of.\n`,
  });
});

it('tells a finding to people, machines and workflows', async () => {
  tree.write('gitops/tenants/tenant-b-values.yaml', tenantText('tenant-b', { tier: 'go%ld' }));
  const human = await gitops(['check']);
  expect(human.code).toBe(1);
  expect(human.out).toBe(
    `gitops/tenants/tenant-b-values.yaml:6:3 error tenant.tier is "go%ld", but must be one of free, standard, premium
    write free or standard or premium  [schema]
${notAsked}2 tenants checked: 1 error, 0 warnings. Refused.
`,
  );
  const json = JSON.parse((await gitops(['check', '--output', 'json'])).out);
  expect(json).toMatchObject({
    command: 'check',
    refused: true,
    tenants: 2,
    findings: [
      {
        rule: 'schema',
        severity: 'error',
        file: 'gitops/tenants/tenant-b-values.yaml',
        line: 6,
        column: 3,
        key: 'tenant.tier',
      },
    ],
  });
  const summary = path.join(bundle, 'summary.md');
  writeFileSync(summary, 'before\n');
  const github = await gitops(['check', '--output', 'github'], { GITHUB_STEP_SUMMARY: summary });
  expect(github.out.split('\n')[0]).toBe(
    '::error file=gitops/tenants/tenant-b-values.yaml,line=6,col=3,title=gitops check%3A schema::tenant.tier is "go%25ld", but must be one of free, standard, premium%0ACure: write free or standard or premium',
  );
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n### gitops check: refused\n/);
  expect((await gitops(['check', '--output', 'markdown'])).out).toContain(
    '| error | `gitops/tenants/tenant-b-values.yaml:6` | `tenant.tier` |',
  );
});

it('ends quietly when nobody reads its output', async () => {
  for (let number = 0; number < 30; number += 1)
    tree.write(`gitops/tenants/t${number}-values.yaml`, 'x: 1\n');
  const command = `"${process.execPath}" "${program}" check --dir "${tree.root}" | head -n 1`;
  expect(
    execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  ).toMatch(/^gitops\/tenants/);
});

it('checks thousands of tenants in seconds', async () => {
  for (let number = 0; number < 2000; number += 1) tree.addTenant(`customer-${number}`);
  const start = performance.now();
  const { code, out } = await gitops(['check']);
  expect({ code, out }).toEqual({
    code: 0,
    out: `${notAsked}2,002 tenants checked: nothing to complain of.\n`,
  });
  // About a second of work; the bound leaves room for a busy machine.
  expect(performance.now() - start).toBeLessThan(60_000);
});

it.each([
  ['--at', ['check', '--at', '2026-02-30T00:00:00Z']],
  ['--dir', ['check', '--dir', '']],
  ['--service', ['bump', '--version', 'sha-1', '--service', 'a\n::error::x']],
  ['--version', ['bump', '--service', 'demo-api', '--version', 'a\n::error::x']],
  [
    '--by',
    ['bump', '--service', 'demo-api', '--version', 'sha-1', '--tenant', 'tenant-a'].concat([
      '--hold',
      'x',
      '--by',
      'user:default/a\n::error::x',
    ]),
  ],
])('refuses a wrong %s in one line', async (option, args) => {
  const { code, out, err } = await gitops(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(option);
  expect(err).not.toMatch(/^::/m);
});

it.each(['http://git.example', 'https://user:secret@git.example', 'ftp://x', 'git.example'])(
  'sends no token to %s',
  async url => {
    const env = { GITHUB_TOKEN: 'token', GITHUB_REPOSITORY: 'a/b', GITHUB_API_URL: url };
    const args = ['bump', '--service', 'demo-api', '--version', 'sha-1', '--open-pr'];
    const { code, err } = await gitops(args, env);
    expect(code).toBe(2);
    expect(err).toContain('GITHUB_API_URL: must begin with https://');
    expect(err).not.toContain('secret');
  },
);

it('tells its result when the summary cannot be written', async () => {
  const env = { GITHUB_STEP_SUMMARY: path.join(tree.root, 'nowhere', 'summary.md') };
  const { code, out, err } = await gitops(['check', '--no-render', '--output', 'github'], env);
  expect({ code, err }).toEqual({
    code: 0,
    err: 'gitops: the summary was not written: GITHUB_STEP_SUMMARY (ENOENT)\n',
  });
  expect(out).toContain('nothing to complain of');
});

it('tells what is wrong with one file once', async () => {
  tree.remove();
  tree = testTree();
  symlinkSync('nowhere', path.join(tree.root, 'x'));
  rmSync(path.join(tree.root, 'gitops/policy/releases.yaml'));
  symlinkSync('../../x', path.join(tree.root, 'gitops/policy/releases.yaml'));
  const { code, out } = await gitops(['check', '--no-render', '--output', 'json']);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toHaveLength(1);
});
