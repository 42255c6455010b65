import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readImages } from '../release/imageRegistry';
import { sandboxSettings, SandboxSettings } from '../settings';
import { seedIfNeeded } from './seed';

jest.setTimeout(60_000);

const repositoryRoot = path.resolve(__dirname, '../../../..');
const now = new Date('2026-11-23T12:00:00Z');
const folders: string[] = [];

async function settingsOfNewState(): Promise<SandboxSettings> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'seed-test-'));
  folders.push(stateDir);
  return sandboxSettings({ repositoryRoot, stateDir, portBase: 7300, tools: { git: 'git' } });
}

function git(settings: SandboxSettings, repository: string, ...args: string[]): string {
  const gitDir = path.join(settings.stateDir, 'forge/repositories/acme', `${repository}.git`);
  return execFileSync('git', ['--git-dir', gitDir, ...args], { encoding: 'utf8' }).trim();
}

function tags(settings: SandboxSettings, tenant: string): string[] {
  const file = `gitops/tenants/${tenant}-values.yaml`;
  const commits = git(settings, 'platform', 'log', '--format=%H', '--', file).split('\n');
  return commits
    .map(commit => git(settings, 'platform', 'show', `${commit}:${file}`))
    .map(text => /tag: (\S+)/.exec(text)?.[1] ?? 'none');
}

afterAll(async () => {
  await Promise.all(folders.map(folder => rm(folder, { recursive: true })));
});

describe('seedIfNeeded', () => {
  let settings: SandboxSettings;
  const log: string[] = [];

  beforeAll(async () => {
    settings = await settingsOfNewState();
    await seedIfNeeded(settings, { now, log: line => log.push(line) });
  });

  it('gives every tenant a history of at least five versions that exist as images', async () => {
    const known = (await readImages(settings.stateDir)).map(image => image.tag);
    for (const tenant of ['tenant-a', 'tenant-b']) {
      const history = tags(settings, tenant);
      expect(new Set(history).size).toBeGreaterThanOrEqual(5);
      expect(known).toEqual(expect.arrayContaining(history));
    }
    expect(tags(settings, 'tenant-a')).not.toEqual(tags(settings, 'tenant-b'));
  });

  it('has one roll-back, of tenant-a, that says why', () => {
    const history = tags(settings, 'tenant-a');
    expect(history.filter((tag, index) => history.indexOf(tag) !== index)).toHaveLength(1);
    const message = git(settings, 'platform', 'log', '--grep', 'Roll back', '--format=%B');
    expect(message).toMatch(/^Roll back tenant-a to sha-[0-9a-f]{7} \(#\d+\)\n\n.*requests failed/);
  });

  it('is written by different people, none of it in the future', () => {
    const authors = git(settings, 'platform', 'log', '--format=%an').split('\n');
    expect(new Set(authors).size).toBeGreaterThanOrEqual(4);
    const dates = git(settings, 'platform', 'log', '--format=%cI').split('\n').map(Date.parse);
    expect(Math.max(...dates)).toBeLessThan(now.getTime());
    expect(now.getTime() - Math.min(...dates)).toBeLessThan(11 * 24 * 3_600_000);
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  it('serves the files of the checkout under its own address', () => {
    const application = git(settings, 'platform', 'show', 'main:gitops/apps/tenant-a.yaml');
    expect(application).toContain('repoURL: http://localhost:7301/acme/platform.git');
    const files = git(settings, 'demo-api', 'ls-tree', '-r', '--name-only', 'main').split('\n');
    expect(files).toEqual(expect.arrayContaining(['CHANGELOG.md', 'package.json', 'src/main.ts']));
    expect(files.join('\n')).not.toMatch(/node_modules|dist\//);
  });

  it('makes the same commits again, and begins anew after an interrupted run', async () => {
    const other = await settingsOfNewState();
    await mkdir(path.join(other.stateDir, 'forge'), { recursive: true });
    await writeFile(path.join(other.stateDir, 'forge', 'half.json'), '{');
    await seedIfNeeded(other, { now, log: () => {} });
    expect(git(other, 'platform', 'rev-parse', 'main')).toBe(
      git(settings, 'platform', 'rev-parse', 'main'),
    );
    expect(await readdir(path.join(other.stateDir, 'forge'))).not.toContain('half.json');
  });

  it('leaves a filled forge alone', async () => {
    const head = git(settings, 'platform', 'rev-parse', 'main');
    const again: string[] = [];
    const later = new Date(now.getTime() + 3_600_000);
    await seedIfNeeded(settings, { now: later, log: line => again.push(line) });
    expect(again).toEqual([]);
    expect(git(settings, 'platform', 'rev-parse', 'main')).toBe(head);
    expect(log).toHaveLength(2);
  });
});
