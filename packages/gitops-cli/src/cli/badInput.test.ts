import { rmSync } from 'node:fs';
import path from 'node:path';
import { tenantText, testTree, type TestTree } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';
import type { Finding } from '@internal/gitops';
import { directoryTree } from '@internal/gitops';
import { checkTree } from '@internal/gitops';

let tree: TestTree;

beforeEach(() => {
  tree = testTree();
});
afterEach(() => tree.remove());

const file = 'gitops/tenants/tenant-a-values.yaml';
const good = tenantText('tenant-a', { ring: 0 });

async function check(
  ...args: string[]
): Promise<{ code: number; findings: Finding[]; out: string }> {
  const { code, out } = await runGitops(tree.root, ['check', '--output', 'json', ...args]);
  expect(out).not.toContain(tree.root);
  return { code, out, findings: JSON.parse(out).findings };
}

it('finds nothing in a good tree', async () => {
  expect(await check()).toMatchObject({ code: 0, findings: [] });
});

/** What becomes of the good text, and what must be found: rule, line, key, problem or cure. */
const texts: Array<
  [string, (text: string) => string | Uint8Array, string, number, string, RegExp]
> = [
  [
    'malformed YAML',
    text => text.replace('tier: standard', 'tier: [standard'),
    'yaml',
    7,
    'tenant.ring',
    /./,
  ],
  [
    'no colon',
    text => text.replace('tier: standard', 'tier standard'),
    'yaml',
    6,
    'tenant',
    /":" after a key/,
  ],
  ['a tab', text => text.replace('  tier', '\ttier'), 'yaml', 6, 'tenant.tier', /tab/],
  [
    'a key twice',
    text => text.replace('  ring: 0', '  ring: 0\n  ring: 1'),
    'duplicate-key',
    8,
    'tenant.ring',
    /after line 7/,
  ],
  [
    'a block twice',
    text => `${text}image:\n  tag: sha-2\n`,
    'duplicate-key',
    12,
    'image',
    /a second time/,
  ],
  [
    'an unknown key',
    text => text.replace('ring: 0', 'ring: 0\n  rng: 1'),
    'unknown-key',
    8,
    'tenant.rng',
    /did you mean ring/,
  ],
  [
    'an unknown block',
    text => `${text}imag: {}\n`,
    'unknown-key',
    12,
    'imag',
    /did you mean image/,
  ],
  [
    'a merge key that brings in an unknown key',
    text => `${text}replicas: 1\n<<: { a: 1 }\n`,
    'unknown-key',
    13,
    'a',
    /not a key that belongs here/,
  ],
  ['a merge key without a block', text => `${text}<<: 5\n`, 'yaml', 12, '<<', /no block of keys/],
  [
    'a text for a number',
    text => text.replace('ring: 0', "ring: 'zero'"),
    'schema',
    7,
    'tenant.ring',
    /must be a number, but is text.*whole number from 0 to 9/,
  ],
  [
    'a number for a text',
    text => text.replace('Acme Corp', '42'),
    'schema',
    4,
    'tenant.displayName',
    /put it in quotes/,
  ],
  [
    'a list for a block',
    text => text.replace(/image:[^]*/, 'image: []\n'),
    'schema',
    9,
    'image',
    /must be a block of keys, but is a list/,
  ],
  [
    'nothing for a text',
    text => text.replace('Acme Corp', ''),
    'schema',
    4,
    'tenant.displayName',
    /nothing/,
  ],
  [
    'a missing key',
    text => text.replace(/ {2}owner.*\n/, ''),
    'schema',
    2,
    'tenant.owner',
    /is missing/,
  ],
  ['a missing block', text => text.replace(/image:[^]*/, ''), 'schema', 2, 'image', /is missing/],
  [
    'a ring out of range',
    text => text.replace('ring: 0', 'ring: 10'),
    'schema',
    7,
    'tenant.ring',
    /is 10, but must be a number from 0 to 9/,
  ],
  [
    'an unknown tier',
    text => text.replace('standard', 'gold'),
    'schema',
    6,
    'tenant.tier',
    /"gold".*free, standard, premium/,
  ],
  ['latest', text => text.replace('sha-1111111', 'latest'), 'schema', 11, 'image.tag', /latest/],
  [
    'a tag that is a number',
    text => text.replace('sha-1111111', '1234567'),
    'schema',
    11,
    'image.tag',
    /quotes/,
  ],
  [
    'half a hold',
    text => text.replace('ring: 0', 'ring: 0\n  hold: { version: sha-1111111 }'),
    'schema',
    8,
    'tenant.hold.reason',
    /is missing/,
  ],
  [
    'an address that is none',
    text => text.replace('platform@acme.example', 'nobody'),
    'schema',
    8,
    'tenant.contact',
    /"nobody"/,
  ],
  [
    'a word that Helm takes for true',
    text => text.replace('Acme Corp', 'yes'),
    'ambiguous-value',
    4,
    'tenant.displayName',
    /quotes/,
  ],
  [
    'a number that Helm reads otherwise',
    text => text.replace('ring: 0', 'ring: 010'),
    'ambiguous-value',
    7,
    'tenant.ring',
    /octal/,
  ],
  [
    'aliases that explode',
    text =>
      `${text}global:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map(
          (name, index) =>
            `  ${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`,
        )
        .join('\n')}\n`,
    'alias',
    16,
    'global.d',
    /write the values out/,
  ],
  [
    'an alias of itself',
    text => `${text}global: &all { again: *all }\n`,
    'alias',
    12,
    'global.again',
    /what it stands in/,
  ],
  [
    'a tag of YAML',
    text => text.replace('Acme Corp', '!!python/object:os.system x'),
    'yaml',
    4,
    'tenant.displayName',
    /tag/,
  ],
  [
    'two documents',
    text => `${text}---\ntenant: {}\n`,
    'yaml',
    12,
    'file',
    /more than one document/,
  ],
  [
    'too many levels',
    text => `${text}global: ${'['.repeat(20_000)}\n`,
    'yaml',
    12,
    'global',
    /nested too deeply/,
  ],
  [
    'another name',
    text => text.replace('name: tenant-a', 'name: tenant-c'),
    'name-mismatch',
    3,
    'tenant.name',
    /"tenant-c".*"tenant-a"/,
  ],
  [
    'a name that is taken',
    text => text.replace('name: tenant-a', 'name: tenant-b'),
    'name-mismatch',
    3,
    'tenant.name',
    /"tenant-b"/,
  ],
  ['a list', () => '- a\n', 'schema', 1, 'file', /holds no keys/],
  ['a scalar', () => 'hello\n', 'schema', 1, 'file', /holds no keys/],
  ['nothing', () => '', 'empty', 1, 'file', /is empty/],
  ['blanks', () => ' \n\n', 'empty', 1, 'file', /is empty/],
  ['comments only', () => '# nothing\n', 'schema', 1, 'file', /holds no keys/],
  ['5 MB', text => `${text}# ${'x'.repeat(5_000_000)}\n`, 'too-large', 1, 'file', /64 KiB/],
  ['a NUL', text => text.replace('Acme', 'Ac\0me'), 'binary', 1, 'file', /NUL/],
  [
    'a binary',
    () => new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]),
    'binary',
    1,
    'file',
    /no text/,
  ],
  [
    'Latin-1',
    text => Buffer.from(text.replace('Acme', 'Ärger'), 'latin1'),
    'encoding',
    1,
    'file',
    /UTF-8/,
  ],
  ['UTF-16', text => Buffer.from(`\ufeff${text}`, 'utf16le'), 'encoding', 1, 'file', /UTF-16/],
];

it.each(texts)('refuses %s', async (_, change, rule, line, key, words) => {
  tree.write(file, change(good));
  const { code, findings } = await check();
  const found = findings.find(one => one.file === file && one.rule === rule);
  expect({ code, line: found?.line, key: found?.key }).toEqual({ code: 1, line, key });
  expect(`${found?.problem} ${found?.cure}`).toMatch(words);
  expect(found).toMatchObject({ severity: 'error', column: expect.any(Number) });
});

it('goes on after a bad file', async () => {
  tree.write(file, 'a: [\n');
  tree.write('gitops/tenants/tenant-b-values.yaml', tenantText('tenant-b', { tier: 'gold' }));
  const { findings } = await check();
  expect(new Set(findings.map(one => one.file))).toEqual(
    new Set([file, 'gitops/tenants/tenant-b-values.yaml']),
  );
});

it('refuses two tenants of one name, naming the other file', async () => {
  tree.write('gitops/tenants/tenant-b-values.yaml', good);
  const { code, findings } = await check();
  expect(code).toBe(1);
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'duplicate-namespace',
      file: 'gitops/tenants/tenant-b-values.yaml',
      line: 3,
      key: 'tenant.name',
      problem: `is the name in ${file} too: two tenants would share one namespace`,
    }),
  );
});

it('never tells what may be a secret', async () => {
  tree.write(
    file,
    `${good}password: hunter2\nresources: { limits: { cpu: { token: hunter2 } } }\nnote: "hunter2\n`,
  );
  expect((await check()).out).not.toContain('hunter2');
  tree.write(
    file,
    `${good}password: hunter2\nresources: { limits: { cpu: { token: hunter2 } }, requests: hunter2 }\n`,
  );
  const { out, findings } = await check();
  expect(findings.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['password', 'resources.requests']),
  );
  expect(out).not.toContain('hunter2');
});

it('ends a schema that would take years, and says where', async () => {
  tree.write(
    'charts/tenant/values.schema.json',
    JSON.stringify({
      properties: { tenant: { properties: { displayName: { pattern: '^(a+)+$' } } } },
    }),
  );
  tree.write(file, good.replace('Acme Corp', `${'a'.repeat(60)}!`));
  const { findings } = await checkTree(directoryTree(tree.root), {
    at: new Date(),
    timeLimit: 500,
  });
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'too-many', file }));
});

it('judges a tree without charts by the schema of the program, and says so', async () => {
  rmSync(path.join(tree.root, 'charts'), { recursive: true });
  expect(await check()).toMatchObject({
    code: 0,
    findings: [{ severity: 'warning', file: 'charts/tenant', rule: 'schema' }],
  });
  tree.write(file, good.replace('ring: 0', 'ring: 0\n  rng: 1'));
  expect((await check()).findings).toContainEqual(
    expect.objectContaining({ rule: 'unknown-key', file, key: 'tenant.rng' }),
  );
  // Keys of the chart that is elsewhere are not known here.
  tree.write(file, `${good}  pullPolicy: Always\nsecrets: { password: x }\n`);
  expect(await check()).toMatchObject({ code: 0, findings: [{ file: 'charts/tenant' }] });
});

it.each([
  ['is missing', undefined, /is missing/],
  ['is no JSON', '{', /no usable JSON schema/],
  ['is no schema', '{"type": "nope"}', /no usable JSON schema/],
  [
    'asks for what is elsewhere',
    '{"$ref": "https://example.com/schema.json"}',
    /no usable JSON schema/,
  ],
])('says that the schema %s, and checks what the portal needs', async (_, text, problem) => {
  const where = 'charts/tenant/values.schema.json';
  if (text === undefined) rmSync(path.join(tree.root, where));
  else tree.write(where, text);
  tree.write(file, good.replace('ring: 0', 'ring: 99'));
  const { code, findings } = await check();
  expect(code).toBe(1);
  expect(findings).toContainEqual(
    expect.objectContaining({ file: where, problem: expect.stringMatching(problem) }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ file, key: 'tenant.ring', line: 7 }));
});
