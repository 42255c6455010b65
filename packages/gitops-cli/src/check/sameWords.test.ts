import { parseTenantFile } from '@internal/plugin-tenant-releases-common';
import { runGitops, tenantText, testTree, type TestTree } from '../__testUtils__/testTree';
import type { Finding } from '../finding';

let tree: TestTree;
beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

const path = 'gitops/tenants/tenant-a-values.yaml';
const good = tenantText('tenant-a', { ring: 0 });
const digest = `sha256:${'a'.repeat(64)}`;
const cipher = 'ENC[AES256_GCM,data:c2VjcmV0,iv:aXY=,tag:dGFn,type:str]';

async function check(): Promise<{ code: number; out: string; findings: Finding[] }> {
  const { code, out } = await runGitops(tree.root, ['check', '--no-render', '--output', 'json']);
  return { code, out, findings: JSON.parse(out).findings };
}

const withTag = (tag: string) => good.replace('sha-1111111', tag);

it.each([
  ['a float', withTag('1.10')],
  ['an octal', withTag('0362525')],
  ['an exponent', withTag('123456e7')],
  ['a long number', withTag('20260626214519')],
  ['a date', withTag('2026-01-02')],
  ['nothing', withTag('null')],
  ['a word for true', withTag('yes')],
  ['build metadata', withTag('"1.2.3+4"')],
  ['half a digest', withTag('"1.2.3@sha256:abc"')],
  ['two digests', `${withTag(`"1@${digest}"`)}  digest: ${digest}\n`],
  ['two documents', `${good}---\na: 1\n`],
  ['a merge key without a block', `${good}<<: 5\n`],
  ['a key of YAML 1.1', `${good}y: 1\n`],
  ['a key twice', `${good}image: {}\n`],
  ['no YAML', `${good}a: [\n`],
  ['a bomb', `a: &a [${'x, '.repeat(99)}]\nb: [${'*a, '.repeat(99)}]\n${good}`],
  ['a version that sops has encrypted', withTag(cipher)],
  ['a list', '- 1\n'],
  ['another name', good.replace('name: tenant-a', 'name: tenant-z')],
])('says what the portal says: %s', async (_, text) => {
  tree.write(path, text);
  const { code, findings } = await check();
  const portal = parseTenantFile(text, 'tenant-a');
  expect(code).toBe(1);
  const [first] = portal.ok ? [] : portal.problems;
  expect(
    findings
      .filter(({ file }) => file === path)
      .map(({ rule, line, key, problem, cure }) =>
        key === 'file' && rule !== 'yaml'
          ? `${key}: ${problem}: ${cure}`
          : `line ${line}: ${key}: ${problem}: ${cure}`,
      ),
  ).toContain(first);
});

it('takes a file that sops has encrypted in part, without the key that sops adds', async () => {
  tree.write(
    path,
    `${good}externalSecret:\n  refreshInterval: ${cipher}\nsops:\n  mac: ${cipher}\n  version: 3.9.0\n`,
  );
  expect(await check()).toMatchObject({ code: 0, findings: [] });
});

it('tells no ciphertext, whatever else is wrong', async () => {
  const whole = good.replace(/^( {2}\w+: ).+$/gm, (_, key: string) => `${key}${cipher}`);
  for (const text of [
    whole,
    `${good}logLevel: ${cipher}\nextra: ${cipher}\nservice: [${cipher}]\n`,
  ]) {
    tree.write(path, text);
    const { out, code } = await check();
    expect(code).toBe(1);
    expect(out).not.toMatch(/ENC\[|c2VjcmV0/);
  }
  tree.write(path, good);
  tree.commit();
  tree.write(path, whole);
  for (const output of ['human', 'json', 'markdown']) {
    const args = ['blast-radius', '--base', 'HEAD', '--output', output];
    const { out } = await runGitops(tree.root, args);
    expect(out).toContain('tenant-a');
    expect(out).not.toMatch(/ENC\[|c2VjcmV0/);
  }
});

it('takes the digest behind the tag for no change of a frozen tenant', async () => {
  tree.write(path, withTag(`"1.2.3@${digest}"`));
  tree.write(
    'gitops/policy/releases.yaml',
    'rings: [{ ring: 0, name: a }, { ring: 1, name: b }]\nfreezes:\n  - { all: true, from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: sale }\n',
  );
  tree.commit();
  tree.write(path, `${withTag(`"1.2.3@${digest}"`)}logLevel: debug\n`);
  const args = ['check', '--no-render', '--base', 'HEAD', '--output', 'json'];
  const { code, out } = await runGitops(tree.root, args);
  expect(code).toBe(0);
  expect(JSON.parse(out).findings).toMatchObject([{ rule: 'frozen', severity: 'warning' }]);
});
