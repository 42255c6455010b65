import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readGitopsLayout } from '@internal/gitops';
import { planOf } from '@internal/gitops';
import { readTenants } from '@internal/gitops';
import { gitTree } from '@internal/gitops';
import { Mirror, mirrorTree } from '@internal/gitops';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import { directoryTree } from '@internal/gitops';
import { memoryTree } from '@internal/gitops';
import type { TreeSource } from '@internal/gitops';

const files = {
  'acme/values.yaml': tenantText('acme'),
  'acme/notes.md': 'x\n',
  'bravo/values.yaml': tenantText('bravo'),
  'charts/README.md': 'x\n',
  'README.md': 'x\n',
};
let tree: TestTree;
let head: string;
let mirrors: string;

beforeAll(() => {
  mirrors = mkdtempSync(path.join(tmpdir(), 'tree-sources-'));
  tree = testTree();
  tree.git('init', '--quiet', '--initial-branch=main');
  for (const gone of ['gitops', 'charts']) execFileSync('rm', ['-r', gone], { cwd: tree.root });
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  head = tree.commit();
});
afterAll(() => {
  tree.remove();
  rmSync(mirrors, { recursive: true, force: true });
});

/** The commit in a mirror of the checkout. */
async function mirrored(): Promise<TreeSource> {
  const url = `file://${tree.root}`;
  const options = { url, repository: 'acme/platform', branch: 'main', directory: mirrors };
  const mirror = new Mirror(options);
  return mirrorTree(mirror, await mirror.fetch(), file => file.endsWith('.yaml'));
}

describe.each<[string, () => Promise<TreeSource>]>([
  ['disk', async () => directoryTree(tree.root)],
  ['commit', () => gitTree(tree.root, head, [])],
  ['commit, from ".",', () => gitTree(tree.root, head, ['.'])],
  ['mirror', mirrored],
  ['memory', async () => memoryTree(files)],
])('the tree of the %s', (_, open) => {
  it('has a root', async () => {
    const entries = (await (await open()).list('')) ?? [];
    const seen = entries.filter(({ name }) => name !== '.git');
    expect(seen.map(({ name, kind }) => [name, kind])).toEqual([
      ['README.md', 'file'],
      ['acme', 'folder'],
      ['bravo', 'folder'],
      ['charts', 'folder'],
    ]);
  });

  it('finds tenants that have a folder at the root', async () => {
    const places = readGitopsLayout({
      getOptional: key => (key.endsWith('valuesPath') ? '{tenant}/values.yaml' : undefined),
    });
    const source = await open();
    const { tenants, findings } = await readTenants(source, places);
    expect(tenants.map(({ name, text }) => [name, text])).toEqual([
      ['acme', files['acme/values.yaml']],
      ['bravo', files['bravo/values.yaml']],
    ]);
    expect(findings).toEqual([]);
    const request = { service: 'demo-api', version: 'sha-2222222', at: new Date() };
    const { plan } = await planOf(source, request, places);
    expect(plan.changes.map(({ tenant }) => tenant)).toEqual(['acme', 'bravo']);
    expect(plan.warnings).toEqual([]);
  });

  it('says nothing of what else stands at the root beside files of tenants', async () => {
    const places = readGitopsLayout({
      getOptional: key => (key.endsWith('valuesPath') ? '{tenant}-values.yaml' : undefined),
    });
    expect(await readTenants(await open(), places)).toEqual({ tenants: [], findings: [] });
  });
});

it('compares tenants at the root with a commit, and says whom a change reaches', async () => {
  const where = ['--values-path', '{tenant}/values.yaml', '--policy-path', 'rules.yaml'];
  tree.write(
    'rules.yaml',
    'freezes:\n  - { all: true, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }\n',
  );
  tree.commit();
  tree.write('acme/values.yaml', tenantText('acme', { tag: 'sha-2222222' }));
  const check = await runGitops(tree.root, ['check', '--base', 'HEAD', '--no-render', ...where]);
  expect(check.out).toMatch(/acme\/values\.yaml:11:\d+ error image\.tag changes while .* frozen/);
  tree.commit();
  const blast = await runGitops(tree.root, [
    'blast-radius',
    '--base',
    'HEAD~1',
    '--head',
    'HEAD',
    ...where,
  ]);
  expect(blast.out).toMatch(
    /^1 of 2 tenants reached, 1 frozen\.\nacme .*sha-1111111 -> sha-2222222/,
  );
});

it.each(['human', 'json', 'github', 'markdown'])(
  'says in a bump that no file matches: %s',
  async output => {
    const { code, out } = await runGitops(tree.root, [
      'bump',
      ...['--service', 'demo-api', '--version', 'sha-2222222', '--output', output],
      ...['--values-path', 'fleet/{tenant}/values.yaml', '--policy-path', 'rules.yaml'],
    ]);
    expect(code).toBe(0);
    expect(out.replaceAll('\\', '')).toContain('No file matches valuesPath fleet/{tenant}/values');
  },
);
