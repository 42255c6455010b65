import { parseLayouts } from '@internal/gitops';
import fc from 'fast-check';
import { bumped, type Examined } from './bumped';
import { examineHead } from './examineHead';
import type { Snapshot } from './HeadContents';

const gitops = {
  repository: { url: 'https://git.example.com/acme/platform' },
  addresses: [],
  branch: 'main',
} as unknown as Parameters<typeof examineHead>[2];
const layouts = parseLayouts({ layouts: [{ path: 'o/{tenant}' }, { path: 't/{tenant}.yaml' }] });

function snapshot(files: Record<string, string>): Snapshot {
  return { shas: new Map(Object.entries(files)), text: path => files[path] };
}

const examined = (files: Record<string, string>): Promise<Examined> =>
  examineHead(snapshot(files), layouts, gitops, undefined);

const lines = ({ releases, unmatched }: Examined['found']) => [
  ...releases.map(
    ({ tenant, service, version, digest, file, line, locator }) =>
      `${tenant}/${service} ${version} ${digest} ${file}:${line} ${locator}`,
  ),
  ...unmatched.map(({ name, reason }) => `${name}: ${reason}`),
];

const pod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: api, image: ${image} }] }\n`;
const overlay = (tag: string) =>
  `resources: [../../base]\nimages:\n  - { name: acme/api, newTag: ${tag} } # kept\n`;
const before = {
  'README.md': 'a',
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod('acme/api:0.1.0'),
  'o/acme/kustomization.yaml': overlay('"1.0.0"'),
  'o/bravo/kustomization.yaml': 'resources: [../../base]\n',
  't/cora.yaml': 'image: { repository: acme/api, tag: "1.0.0" }\nreplicas: 2\n',
};

it.each<[string, Record<string, string>]>([
  ['a version', { 'o/acme/kustomization.yaml': overlay('"1.1.0"') }],
  [
    'versions of two files',
    {
      'o/acme/kustomization.yaml': overlay('"1.1.0"'),
      't/cora.yaml': before['t/cora.yaml'].replace('1.0.0', '2.0.0'),
    },
  ],
  ['a version that another inherits', { 'base/pod.yaml': pod('acme/api:0.2.0') }],
  [
    'a digest beside it',
    { 't/cora.yaml': before['t/cora.yaml'].replace('1.0.0', `2@sha256:${'a'.repeat(64)}`) },
  ],
])('reads %s as a whole look does', async (_, change) => {
  const files = { ...before, ...change };
  const found = bumped(await examined(before), snapshot(files));
  expect(found && lines(found)).toEqual(lines((await examined(files)).found));
});

it('passes over what nobody looked into', async () => {
  const known = await examined(before);
  expect(
    bumped(
      { ...known, looked: new Set(['t/cora.yaml']) },
      snapshot({ ...before, 'README.md': 'b' }),
    ),
  ).toEqual(known.found);
});

it.each<[string, Record<string, string | undefined>]>([
  ['a file that is new', { 't/new.yaml': 'image: { tag: "1" }\n' }],
  ['a file that is gone', { 't/cora.yaml': undefined }],
  [
    'another line too',
    { 't/cora.yaml': before['t/cora.yaml'].replace('1.0.0', '1.1.0').replace('2\n', '3\n') },
  ],
  ['a version that YAML takes for a number', { 'o/acme/kustomization.yaml': overlay('1.10') }],
  ['quotes', { 'o/acme/kustomization.yaml': overlay("'1.0.0'") }],
  ['a file without a release', { 'base/kustomization.yaml': 'resources: [pod.yaml, pod.yaml]\n' }],
  ['a file that is no YAML any more', { 't/cora.yaml': 'image: { tag: "1.1.0"\n' }],
])('leaves %s to a whole look', async (_, change) => {
  const files = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, text]) => text !== undefined),
  ) as Record<string, string>;
  expect(bumped(await examined(before), snapshot(files))).toBeUndefined();
});

it('never says anything else than a whole look', async () => {
  const known = await examined(before);
  const tag = fc.oneof(
    fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,12}$/),
    fc.constantFrom('1.10', '1e3', '0x1', 'null', '', 'true', '2026-01-01', '~', '{{ x }}'),
  );
  await fc.assert(
    fc.asyncProperty(tag, fc.constantFrom('', '"', "'"), async (text, quote) => {
      const file = overlay(`${quote}${text}${quote}`);
      const files = { ...before, 'o/acme/kustomization.yaml': file };
      const found = bumped(known, snapshot(files));
      const whole = lines((await examined(files)).found);
      expect(found ? lines(found) : whole).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});
