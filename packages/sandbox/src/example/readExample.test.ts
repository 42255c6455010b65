import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { seedExample } from '../seed';
import { sandboxSettings } from '../settings';
import { realHelm, repositoryRoot } from '../testing/helm';
import { writeExampleConfig } from './exampleConfig';
import { readExample } from './readExample';

jest.setTimeout(60_000);

const stateDir = mkdtempSync(path.join(os.tmpdir(), 'example-test-'));
const settings = sandboxSettings({
  repositoryRoot,
  stateDir,
  portBase: 7400,
  tools: { git: 'git', kubectl: 'kubectl' },
});
const able =
  'environment-folders, kustomize-overlays, tenant-service-folders, tenant-values, values-per-tenant';

beforeAll(async () => {
  settings.tools.helm = await realHelm();
});
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

it.each([
  ['kustomize-overlays', 'overlays/{tenant}'],
  ['environment-folders', 'environments/{environment}/{tenant}.yaml'],
  ['tenant-service-folders', 'tenants/{tenant}/{service}/values.yaml'],
  ['values-per-tenant', 'tenants/{tenant}/values.yaml'],
])('has the layout of %s as gitops init proposes it', async (name, pattern) => {
  const { layouts } = await readExample(settings, name);
  expect(layouts).toEqual([{ preset: name, path: pattern }]);
});

it.each([
  ['cluster-tenant-folders', /eu-1-acme goes to the cluster https:\/\/eu-1\.example\.com/],
  ['chart-per-environment', /takes api from oci:\/\/ghcr\.io\/acme\/charts/],
  ['application-inline', /takes the chart shop from https:\/\/charts\.example\.com/],
  ['none', /^There is no example none\./],
  ['../examples/kustomize-overlays', /^There is no example /],
  ['', /^There is no example /],
])('refuses %j, and says which can run', async (name, reason) => {
  const refusal = await readExample(settings, name).catch((error: Error) => error.message);
  expect(refusal).toMatch(reason);
  expect(refusal).toContain(`Choose one of ${able}.`);
});

it('says of any example what is wrong with it, and of none that there is none', async () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'examples-test-'));
  const set = (generator: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: pulls }\nspec: { generators: [${generator}], template: { metadata: { name: x } } }\n`;
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, 'examples', file)), { recursive: true });
    writeFileSync(path.join(root, 'examples', file), text);
  };
  write('asking/set.yaml', set('{ pullRequest: {} }'));
  write('empty/notes.md', '');
  const refusal = (name: string) =>
    readExample({ ...settings, repositoryRoot: root }, name).catch((error: Error) => error.message);
  expect(await refusal('asking')).toMatch(/ApplicationSet pulls: its pullRequest generator/);
  expect(await refusal('empty')).toMatch(/it has no Application\. None of them can\.$/);
  rmSync(root, { recursive: true });
});

it('names kubectl where an example needs it and there is none', async () => {
  const without = { ...settings, tools: { ...settings.tools, kubectl: undefined } };
  await expect(readExample(without, 'kustomize-overlays')).rejects.toThrow('install kubectl');
  await expect(readExample(without, 'environment-folders')).resolves.toMatchObject({});
});

it('fills the forge once, with files that name the forge, and writes what is pasted', async () => {
  const example = await readExample(settings, 'kustomize-overlays');
  const lines: string[] = [];
  const seed = () =>
    seedExample(settings, example, { now: new Date(), log: line => lines.push(line) });
  await seed();
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['--git-dir', path.join(stateDir, 'forge/repositories/acme/platform.git'), ...args],
      { encoding: 'utf8' },
    );
  const head = git('rev-parse', 'main');
  expect(git('show', 'main:argocd/tenants.yaml')).toContain(
    'repoURL: http://localhost:7401/acme/platform.git',
  );
  expect(git('ls-tree', '-r', '--name-only', 'main').trim().split('\n')).toEqual(
    Object.keys(example.files).sort(),
  );
  await seed();
  expect(git('rev-parse', 'main')).toBe(head);
  await seedExample(
    settings,
    { ...example, files: { ...example.files, more: '' } },
    { now: new Date(), log: line => lines.push(line) },
  );
  expect(lines.at(-1)).toContain('examples/kustomize-overlays changed since the forge was filled');
  expect(git('rev-parse', 'main')).toBe(head);

  const file = await writeExampleConfig(settings, example);
  expect(parse(readFileSync(file, 'utf8'))).toEqual({
    tenantReleases: {
      gitops: { layouts: [{ preset: 'kustomize-overlays', path: 'overlays/{tenant}' }] },
      services: [],
      registry: [],
    },
  });
});
