import { parseTenantFile } from '@internal/gitops';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';

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
  ['a ring in quotes', good.replace('ring: 0', 'ring: "0"')],
  ['a ring out of range', good.replace('ring: 0', 'ring: 10')],
  ['an unknown tier', good.replace('standard', 'gold')],
  ['a person as owner', good.replace('group:default', 'user:default')],
  ['an owner in short', good.replace('group:default/tenant-a-owners', 'tenant-a-owners')],
  ['no owner', good.replace(/ {2}owner.*\n/, '')],
  ['no image', good.replace(/image:[^]*/, '')],
  ['a contact that is none', good.replace('platform@acme.example', 'ops@acme')],
  ['two contacts', good.replace('platform@acme.example', 'a@x.example, b@x.example')],
  ['a long display name', good.replace('Acme Corp', 'x'.repeat(81))],
  ['an empty display name', good.replace('Acme Corp', '""')],
  ['a repository in capitals', good.replace('acme/demo', 'Acme/demo')],
  ['a repository with a tag', good.replace('demo-api\n', 'demo-api:v1\n')],
  ['a service as text', `${good}service: demo-api\n`],
  ['a service in capitals', `${good}service: { name: Demo }\n`],
  ['a digest of another tag', `${withTag('sha-2')}  digest: sha-1@${digest}\n`],
  ['a digest that is none', `${good}  digest: sha256:x\n`],
  [
    'a hold since a time with a blank',
    good.replace(
      'ring: 0',
      'ring: 0\n  hold: { version: sha-1111111, reason: r, by: a, since: 2026-11-23 10:00:00Z }',
    ),
  ],
  ['a file that sops has encrypted as one text', `{"data": "${cipher}", "sops": {"mac": "x"}}`],
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

it.each(['', '""', '~'])('takes a digest without a value for none: %j', async value => {
  tree.write(path, `${good}  digest: ${value}\n`);
  expect(await check()).toMatchObject({ code: 0, findings: [] });
});

it('says what belongs where in the words of the schema, whatever these begin with', async () => {
  tree.write(path, `${good}autoscaling: { enabled: perhaps }\nlogLevel: 5\n`);
  const { findings } = await check();
  expect(findings.map(({ cure }) => cure).join('\n')).not.toMatch(/write (\w+s) /);
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
