import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findHelm } from './findHelm';
import { readYaml } from '../yaml/readYaml';
import fc from 'fast-check';
import { oddFile, oddScalars } from '../__testUtils__/oddYaml';
import { repositoryRoot } from '../__testUtils__/testTree';

// Real helm, on a machine that may be busy.
jest.setTimeout(300_000);

let folder: string;
let helm: string;

beforeAll(async () => {
  const own = ['bin', 'testing'].map(name => path.join(repositoryRoot, '.tools', name));
  const found = await findHelm(undefined, [process.env.PATH, ...own].join(path.delimiter));
  if ('problem' in found) throw new Error(`These tests need helm: ${found.problem}`);
  helm = found.path;
  folder = mkdtempSync(path.join(tmpdir(), 'as-helm-'));
  mkdirSync(path.join(folder, 'templates'));
  writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.1.0\n');
  // Twice to JSON, so that what is rendered is one quoted text, whatever stands in it.
  writeFileSync(path.join(folder, 'templates/v.yaml'), 'v: {{ .Values | toJson | toJson }}\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Helm makes of a values file; `refused` when it does not take it. */
async function byHelm(text: string): Promise<{ value: unknown } | { refused: string }> {
  const values = path.join(folder, 'values-of-test.yaml');
  writeFileSync(values, text);
  const env = { PATH: process.env.PATH, HOME: folder };
  try {
    const args = ['template', 'x', folder, '--values', values];
    const { stdout } = await promisify(execFile)(helm, args, { env });
    const [, rendered = ''] = /^v: (".*")$/m.exec(stdout) ?? [];
    // There is one zero.
    return { value: JSON.parse(JSON.parse(rendered), (_, value) => (value === 0 ? 0 : value)) };
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    if (stderr === undefined) throw error;
    return { refused: stderr };
  }
}

function byUs(text: string): { value: unknown } | { refused: string } {
  const { documents, problems } = readYaml(text, { single: true });
  const [problem] = problems;
  if (problem) return { refused: `${problem.line}: ${problem.key} ${problem.problem}` };
  const value = documents[0]?.value ?? {};
  // What is no block of keys is refused by who reads a tenant file.
  if (typeof value !== 'object' || Array.isArray(value)) return { refused: 'no block of keys' };
  // As JSON has it: one zero, and no difference between objects.
  return { value: JSON.parse(JSON.stringify(value)) };
}

const files: Array<[what: string, text: string, value: object]> = [
  ['a merge key', 'x: &x {a: 1, b: 2}\nw: {<<: *x, b: 3}\n', { w: { a: 1, b: 3 } }],
  ['a merge key behind the key', 'x: &x {b: 2}\nw: {b: 3, <<: *x}\n', { w: { b: 2 } }],
  [
    'merge keys that nest',
    'x: &x {a: 1}\nw: &w {<<: *x, b: 2}\nz: {<<: *w}\n',
    { z: { a: 1, b: 2 } },
  ],
  [
    'a list of them',
    'x: &x {a: 1}\nw: &w {a: 2, b: 2}\nz: {<<: [*x, *w]}\n',
    { z: { a: 1, b: 2 } },
  ],
  [
    'two of them',
    'x: &x {a: 1}\nw: &w {a: 2, b: 2}\nz:\n  <<: *x\n  <<: *w\n',
    { z: { a: 2, b: 2 } },
  ],
  ['one with its tag', 'z: {!!merge <<: {x: 1}, a: 2}\n', { z: { x: 1, a: 2 } }],
  ['one in quotes, which is none', 'z: {"<<": {x: 1}}\n', { z: { '<<': { x: 1 } } }],
  ['one at the top', '<<: {x: 1}\na: 2\n', { x: 1, a: 2 }],
  [
    'blocks that are not merged within',
    'x: &x {m: {a: 1}}\nz: {<<: *x, m: {b: 2}}\n',
    { z: { m: { b: 2 } } },
  ],
  ['an anchor that is set again', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { b: 1, d: 2 }],
  ['many aliases', `a: &x s\nl: [${'*x, '.repeat(500)}]\n`, { l: Array(500).fill('s') }],
  ['a document in full form', '---\na: 1\n...\n', { a: 1 }],
  ['a separator behind', 'a: 1\n---\n', { a: 1 }],
  ['a comment before the separator', '# c\n--- # d\na: 1\n', { a: 1 }],
  ['a byte order mark', '\ufeff---\na: 1\n', { a: 1 }],
  [
    'line ends of Windows',
    'a: 1\r\nb: |\r\n  x\r\n  y\r\nc: "d\r\n  e"\r\n',
    { b: 'x\ny\n', c: 'd e' },
  ],
];

it.each(files)('reads %s as Helm does', async (_, text, value) => {
  const ours = byUs(text);
  expect(ours).toEqual({ value: expect.objectContaining(value) });
  expect(await byHelm(text)).toEqual(ours);
});

it.each([
  ['a merge key without a block', 'a: {<<: 5}\n'],
  ['a merge key of a list by alias', 'a: &l [{b: 1}]\nc: {<<: *l}\n'],
  ['content on the line of a separator', '--- {a: 1}\n'],
  ['an unknown alias', 'a: *nobody\n'],
  ['a list', '- 1\n'],
])('refuses %s, as Helm does', async (_, text) => {
  expect(byUs(text)).toHaveProperty('refused');
  expect(await byHelm(text)).toHaveProperty('refused');
});

it('takes no scalar for something else than Helm does', async () => {
  const differing: unknown[] = [];
  let taken = 0;
  for (const scalar of oddScalars) {
    const text = `a: ${scalar}\n`;
    const ours = byUs(text);
    if ('refused' in ours) continue;
    taken += 1;
    const theirs = await byHelm(text);
    if (JSON.stringify(theirs) !== JSON.stringify(ours)) differing.push({ text, ours, theirs });
  }
  expect(differing).toEqual([]);
  expect(taken).toBeGreaterThan(50);
});

it('takes no file for something else than Helm does', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(oddFile, async text => {
      const ours = byUs(text);
      if ('refused' in ours) return;
      taken += 1;
      expect(await byHelm(text)).toEqual(ours);
    }),
    { numRuns: Number(process.env.ODD_FILES ?? 700), seed: 20_261_130 },
  );
  // Most odd files are refused; as many as here must be left to compare.
  expect(taken).toBeGreaterThan(50);
});
