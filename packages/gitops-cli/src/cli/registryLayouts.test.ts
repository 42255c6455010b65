import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot, testRegistry, type TestRegistry } from '@internal/gitops/testUtils';
import { runGitops } from '../__testUtils__/runGitops';

let root: string;
let registry: TestRegistry;
const overlay = 'overlays/acme/kustomization.yaml';
const read = () => readFileSync(path.join(root, overlay), 'utf8');

function start(example: string, preset: string) {
  cpSync(path.join(repositoryRoot, 'examples', example), root, { recursive: true });
  writeFileSync(path.join(root, 'layouts.json'), JSON.stringify({ layouts: [{ preset }] }));
}

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'gitops-registry-'));
  registry = await testRegistry('acme/api:1.14.2', 'acme/web:20260115');
});
afterEach(async () => {
  rmSync(root, { recursive: true, force: true });
  await registry.close();
});

function gitops(command: string, ...args: string[]) {
  const options = ['--layouts', 'layouts.json', '--registry', `ghcr.io=${registry.url}`];
  return runGitops(root, [command, ...options, '--output', 'json', ...args]);
}

const bump = (version: string) =>
  gitops('bump', '--service', 'web', '--tenant', 'acme', '--version', version);

it('bumps to a version that exists, and refuses one that does not', async () => {
  start('kustomize-overlays', 'kustomize-overlays');
  const before = read();
  expect(await bump('20260116')).toEqual({
    code: 1,
    out: '',
    err: 'gitops: the registry has no 20260116 of ghcr.io/acme/web: push the image first, or name a version that is there\n',
  });
  expect(read()).toBe(before);
  const { code, out } = await bump('20260115');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ warnings: [] });
  expect(read()).toContain("'20260115'");
});

it('says of a bump that nobody knows whether its image exists', async () => {
  start('kustomize-overlays', 'kustomize-overlays');
  registry.instead = (_, response) => {
    response.writeHead(429).end();
    return true;
  };
  expect(JSON.parse((await bump('20260116')).out)).toMatchObject({
    warnings: [
      'Nobody knows whether ghcr.io/acme/web:20260116 exists: ghcr.io limits requests now (429)',
    ],
  });
});

it('checks the images of releases, by digest where one is pinned', async () => {
  start('kustomize-overlays', 'kustomize-overlays');
  const { code, out } = await gitops('check');
  expect(code).toBe(1);
  const { findings } = JSON.parse(out);
  const digest = `sha256:${'b'.repeat(64)}`;
  expect(findings.map(({ file, problem }: Record<string, string>) => [file, problem])).toEqual([
    [overlay, 'names no image: the registry has no 20260114 of ghcr.io/acme/web'],
    [
      'overlays/bravo/kustomization.yaml',
      `names no image: the registry has no ${digest} of ghcr.io/acme/api`,
    ],
    [
      'overlays/bravo/kustomization.yaml',
      'wants mirror.example.com:5000/acme/web:2.0.1, and nobody knows whether it exists: mirror.example.com:5000 is none of the registries to ask',
    ],
  ]);
});

it('says for which versions nobody was asked', async () => {
  start('chart-per-environment', 'chart-per-environment');
  const { out } = await gitops('check');
  expect(JSON.parse(out).notes).toEqual([
    expect.stringMatching(/^No registry was asked for .*: its version is that of a chart, or /),
  ]);
});
