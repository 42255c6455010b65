import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';

let tree: TestTree;
beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

const file = 'gitops/tenants/tenant-a-values.yaml';
const good = tenantText('tenant-a', { ring: 0 });

async function check(): Promise<{ code: number; findings: Finding[] }> {
  const { code, out } = await runGitops(tree.root, ['check', '--no-render', '--output', 'json']);
  return { code, findings: JSON.parse(out).findings };
}

/** What Helm reads otherwise, or refuses, and the portal's reader takes. */
it.each([
  ['a key behind a lone CR', 'ring: 0', 'ring: 0 # x\rimage: { tag: sha-9999999 }', 7, /U\+000D/],
  ['a key behind NEL', 'ring: 0', 'ring: 0 # x\u0085image: { tag: sha-9999999 }', 7, /U\+0085/],
  ['a key behind LS', 'ring: 0', 'ring: 0 # x\u2028image: { tag: sha-9999999 }', 7, /U\+2028/],
  ['a key behind PS', 'ring: 0', 'ring: 0 # x\u2029image: { tag: sha-9999999 }', 7, /U\+2029/],
  ['colours of a terminal', 'ring: 0', 'ring: 0 # \u001b[31mx', 7, /U\+001B/],
  ['text from right to left', 'Acme Corp', 'Acme \u202e Corp', 4, /U\+202E/],
  ['a directive', '# tenant-a', '%YAML 1.1\n---', 1, /% directive/],
  ['a line of tabs', '  ring: 0', '\t\n  ring: 0', 7, /tab/],
  ['an escaped slash', 'Acme Corp', '"Acme\\/Corp"', 4, /escape/],
  ['half of a character', 'Acme Corp', '"Acme \\ud83d\\ude00"', 4, /escape/],
  ['a tag', 'Acme Corp', '!!timestamp 2026-11-23', 4, /has a tag/],
  ['a tag of a block', 'image:', 'image: !!omap', 9, /has a tag/],
  ['a number without end', 'ring: 0', 'ring: .inf', 7, /no number that Helm/],
  ['a number too large', 'ring: 0', 'ring: 1e400', 7, /no number that Helm/],
  ['a binary number', 'sha-1111111', '0b11', 11, /takes for a number/],
  ['a key that is nothing', '  ring: 0', '  ring: 0\n  : x', 8, /key that is no text/],
  ['a key that is a list', '  ring: 0', '  ring: 0\n  ? [a]\n  : x', 8, /key that is no text/],
])('refuses %s', async (_, before, after, line, problem) => {
  tree.write(file, good.replace(before, after));
  const { code, findings } = await check();
  expect(code).toBe(1);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ file, line, problem: expect.stringMatching(problem) });
});

it('looks at the files of Argo CD, too', async () => {
  const app = 'gitops/apps/tenant-a.yaml';
  tree.write(app, `# see\u2028kind: Application\n${tree.read(app)}`);
  expect(await check()).toMatchObject({
    code: 1,
    findings: [{ file: app, line: 1, problem: expect.stringContaining('U+2028') }],
  });
});

it.each([
  ['a text in quotes', 'Acme Corp', '"Acme \\\\/ Corp"'],
  ['other scripts', 'Acme Corp', '株式会社 Ünï 👩‍🚀'],
  ['a text by its tag', 'sha-1111111', '!!str 1.10'],
  ['a key that merges', 'ring: 0', 'ring: 0\n  <<: { tier: free }'],
  ['a byte order mark', '# tenant-a', '\ufeff# tenant-a'],
  ['line ends of Windows', /\n/g, '\r\n'],
  ['a document in full form', /[^]*/, '---\n$&...\n'],
  ['a separator behind', /$/, '---\n'],
  ['a tab behind a value', 'ring: 0', 'ring: 0\t# x'],
])('takes %s', async (_, before, after) => {
  tree.write(file, good.replace(before, after));
  expect(await check()).toEqual({ code: 0, findings: [] });
});

it.each([
  'demo-api',
  'ghcr.io/acme/demo-api:5000',
  'ghcr.io/acme/../evil/demo-api',
  'ghcr.io/acme//demo-api',
  'ghcr.io/Acme/demo-api',
  'https://ghcr.io/acme/demo-api',
])('refuses the repository %s', async repository => {
  tree.write(file, good.replace('ghcr.io/acme/demo-api', repository));
  expect(await check()).toMatchObject({
    code: 1,
    findings: [{ key: 'image.repository', line: 10 }],
  });
});

it('says of a wrong type that it is one', async () => {
  tree.write(file, good.replace('name: tenant-a', 'name: 123'));
  expect(await check()).toMatchObject({
    findings: [{ key: 'tenant.name', problem: 'must be a text, but is a number' }],
  });
});
