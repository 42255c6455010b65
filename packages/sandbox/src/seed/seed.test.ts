import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  checkTree,
  memoryTree,
  planOf,
  parseReleasePolicy,
  parseTenantFile,
} from '@internal/gitops';
import { readImages, type Image } from '../release/imageRegistry';
import { sandboxSettings, SandboxSettings } from '../settings';
import { readMarker } from './marker';
import { seedIfNeeded } from './seed';

jest.setTimeout(120_000);

const repositoryRoot = path.resolve(__dirname, '../../../..');
const now = new Date('2026-11-23T12:00:00Z');
const folders: string[] = [];

async function settingsOfNewState(root = repositoryRoot): Promise<SandboxSettings> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'seed-test-'));
  folders.push(stateDir);
  return sandboxSettings({ repositoryRoot: root, stateDir, portBase: 7300, tools: { git: 'git' } });
}

function git(settings: SandboxSettings, repository: string, ...args: string[]): string {
  return runGit(settings, repository, args).trim();
}

function runGit(settings: SandboxSettings, repository: string, args: string[], input = ''): string {
  const gitDir = path.join(settings.stateDir, 'forge/repositories/acme', `${repository}.git`);
  const options = { encoding: 'utf8', input, maxBuffer: 64 * 1024 * 1024 } as const;
  return execFileSync('git', ['--git-dir', gitDir, ...args], options);
}

/** The texts of files of acme/platform, as `<revision>:<path>`; one run of Git for all of them. */
function contents(settings: SandboxSettings, names: string[]): string[] {
  const input = names.map(name => `${name}\n`).join('');
  // Of each a line with its length in bytes, and the text with a line break behind it.
  let rest = Buffer.from(runGit(settings, 'platform', ['cat-file', '--batch'], input));
  return names.map(() => {
    const begin = rest.indexOf('\n') + 1;
    const end = begin + Number(rest.toString('utf8', 0, begin).split(' ')[2]);
    const text = rest.toString('utf8', begin, end);
    rest = rest.subarray(end + 1);
    return text;
  });
}

const fileOf = (tenant: string) => `gitops/tenants/${tenant}-values.yaml`;

/** What a tenant ran, newest first. */
function tags(settings: SandboxSettings, tenant: string): string[] {
  const file = fileOf(tenant);
  const commits = git(settings, 'platform', 'log', '--format=%H', '--', file).split('\n');
  const texts = contents(
    settings,
    commits.map(commit => `${commit}:${file}`),
  );
  return texts.map(text => /tag: (\S+)/.exec(text)?.[1] ?? 'none');
}

function filesAtHead(settings: SandboxSettings): Record<string, string> {
  const names = git(settings, 'platform', 'ls-tree', '-r', '--name-only', 'main').split('\n');
  const texts = contents(
    settings,
    names.map(name => `main:${name}`),
  );
  return Object.fromEntries(names.map((name, index) => [name, texts[index]]));
}

afterAll(async () => {
  await Promise.all(folders.map(folder => rm(folder, { recursive: true })));
});

describe('seedIfNeeded', () => {
  let settings: SandboxSettings;
  let files: Record<string, string>;
  let images: Image[];
  const log: string[] = [];

  beforeAll(async () => {
    settings = await settingsOfNewState();
    await seedIfNeeded(settings, { now, log: line => log.push(line) });
    files = filesAtHead(settings);
    images = await readImages(settings.stateDir);
  });

  const tenants = () =>
    Object.keys(files).flatMap(
      name => /^gitops\/tenants\/(.+)-values\.yaml$/.exec(name)?.[1] ?? [],
    );
  const tenantOf = (name: string) => {
    const read = parseTenantFile(files[fileOf(name)], name);
    if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read)}`);
    return read.file;
  };
  const policy = () => {
    const read = parseReleasePolicy(files['gitops/policy/releases.yaml']);
    if (!read.ok) throw new Error(JSON.stringify(read));
    return read.policy;
  };

  it('has twelve tenants over three rings, with names of their own and owners in the catalog', () => {
    const all = tenants().map(name => tenantOf(name).tenant);
    expect(all).toHaveLength(12);
    expect(new Set(all.map(({ displayName }) => displayName)).size).toBe(12);
    expect([...new Set(all.map(({ ring }) => ring))].sort()).toEqual([0, 1, 2]);
    const catalog = readFileSync(path.join(repositoryRoot, 'catalog-info.yaml'), 'utf8');
    for (const { owner } of all) {
      expect(catalog).toMatch(
        new RegExp(`kind: Group\nmetadata:\n  name: ${owner.split('/')[1]}\n`),
      );
    }
  });

  it('leaves the tenants of the checkout as they are', () => {
    for (const tenant of ['tenant-a', 'tenant-b']) {
      const own = readFileSync(path.join(repositoryRoot, fileOf(tenant)), 'utf8');
      expect(files[fileOf(tenant)].replace(/tag: .*/, '')).toBe(own.replace(/tag: .*/, ''));
    }
  });

  it('makes a tree that its own checks have nothing to complain of', async () => {
    const { findings } = await checkTree(memoryTree(files), { at: now });
    expect(findings).toEqual([]);
  });

  it('gives tenants a history of versions that exist as images', () => {
    const known = images.map(({ tag }) => tag);
    expect(new Set(known).size).toBe(known.length);
    for (const tenant of tenants()) {
      const history = tags(settings, tenant);
      expect(known).toEqual(expect.arrayContaining(history));
      expect(history.at(-1)).not.toBe(history[0]);
    }
    for (const tenant of ['tenant-a', 'tenant-b']) {
      expect(new Set(tags(settings, tenant)).size).toBeGreaterThanOrEqual(5);
    }
    expect(tags(settings, 'tenant-a')[0]).toBe(known.at(-1));
    expect(tags(settings, 'tenant-b')[0]).toBe(known.at(-2));
  });

  it('brings a version to a ring only after the one before', () => {
    const known = images.map(({ tag }) => tag);
    const newestOf = [0, 1, 2].map(ring => {
      const own = tenants().filter(name => tenantOf(name).tenant.ring === ring);
      return Math.max(...own.map(name => known.indexOf(tags(settings, name)[0])));
    });
    expect(newestOf).toEqual([11, 10, 10]);
  });

  it('has one bad version, which canaries had, which was rolled back and which nobody runs', () => {
    const [bad, ...more] = policy().badVersions;
    expect(more).toEqual([]);
    const image = images.find(({ tag }) => tag === bad.version);
    expect(image?.environment).toEqual({ FAULT_RATIO: '0.09' });
    const had = tenants().filter(name => tags(settings, name).includes(bad.version));
    expect(had.sort()).toEqual(['aurora', 'tenant-a']);
    for (const name of had) {
      const history = tags(settings, name);
      const from = history.indexOf(bad.version);
      expect(history[from - 1]).toBe(history[from + 1]);
      expect(history[0]).not.toBe(bad.version);
    }
    const message = git(settings, 'platform', 'log', '--grep', 'Roll back', '--format=%B');
    expect(message).toMatch(/^Roll back tenant-a and .* to sha-[0-9a-f]{7} \(#\d+\)\n\n.*failed/);
  });

  it('holds one tenant with a reason: bumps leave it alone, as they do with the frozen one', async () => {
    const held = tenants().filter(name => tenantOf(name).tenant.hold);
    expect(held).toEqual(['cobalt']);
    const { hold } = tenantOf('cobalt').tenant;
    expect(hold).toMatchObject({ version: tenantOf('cobalt').image.tag, by: 'user:default/ada' });
    const version = 'sha-1234567';
    const { plan } = await planOf(memoryTree(files), { service: 'demo-api', version, at: now });
    expect(plan.skipped.map(({ tenant, kind }) => [tenant, kind])).toEqual([
      ['cobalt', 'held'],
      ['kestrel', 'frozen'],
    ]);
    expect(plan.changes).toHaveLength(10);
  });

  it('freezes one tenant from before the start until weeks after it', () => {
    const [freeze, ...more] = policy().freezes;
    expect(more).toEqual([]);
    expect(freeze.tenants).toEqual(['kestrel']);
    expect(Date.parse(freeze.from)).toBeLessThan(now.getTime());
    expect(Date.parse(freeze.until) - now.getTime()).toBeGreaterThan(30 * 24 * 3_600_000);
  });

  it('leaves one change to be made by hand, to an older version than Git wants', async () => {
    const { byHand } = (await readMarker(settings.stateDir))!;
    const history = tags(settings, byHand!.tenant);
    expect(byHand!.image).toBe(`ghcr.io/acme/demo-api:${history[1]}`);
  });

  it('is written by people and a bot, in order, over weeks, none of it in the future', () => {
    const authors = git(settings, 'platform', 'log', '--format=%an').split('\n');
    expect(new Set(authors).size).toBeGreaterThanOrEqual(5);
    expect(authors).toContain('github-actions[bot]');
    for (const repository of ['platform', 'demo-api']) {
      const dates = git(settings, repository, 'log', '--format=%cI').split('\n').map(Date.parse);
      expect(Math.max(...dates)).toBeLessThan(now.getTime());
      expect(now.getTime() - Math.min(...dates)).toBeGreaterThan(28 * 24 * 3_600_000);
      expect(dates).toEqual([...dates].sort((a, b) => b - a));
    }
    const built = images.map(({ createdAt }) => createdAt);
    expect(built).toEqual([...built].sort());
    expect(Date.parse(built.at(-1)!)).toBeLessThan(now.getTime());
  });

  it('releases no version before its image was built', () => {
    const lines = git(settings, 'platform', 'log', '--format=%H %cI', '--', 'gitops/tenants');
    for (const line of lines.split('\n')) {
      const [commit, date] = line.split(' ');
      const diff = git(settings, 'platform', 'show', '--format=', commit, '--', 'gitops/tenants');
      for (const [, tag] of diff.matchAll(/^\+ +tag: (\S+)/gm)) {
        const { createdAt } = images.find(image => image.tag === tag)!;
        expect(Date.parse(createdAt)).toBeLessThan(Date.parse(date));
      }
    }
  });

  it('serves the files of the checkout under its own address', () => {
    for (const tenant of ['tenant-a', 'quill']) {
      expect(files[`gitops/apps/${tenant}.yaml`]).toContain(
        'repoURL: http://localhost:7301/acme/platform.git',
      );
    }
    const service = git(settings, 'demo-api', 'ls-tree', '-r', '--name-only', 'main').split('\n');
    expect(service).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'package.json', 'src/main.ts']),
    );
    expect(service.join('\n')).not.toMatch(/node_modules|dist\//);
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

  it('gives a checkout with other tenants none of its own, nor rules about them', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'seed-checkout-'));
    folders.push(root);
    const write = async (name: string, text: string) => {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    };
    const empty = 'rings: []\nbadVersions: []\nfreezes: []\n';
    await write('gitops/policy/releases.yaml', empty);
    await write(fileOf('other'), 'tenant:\n  name: other\nimage:\n  tag: sha-0000000\n');
    await write('services/demo-api/README.md', 'demo-api');
    const other = await settingsOfNewState(root);
    await seedIfNeeded(other, { now, log: () => {} });
    const kept = filesAtHead(other);
    expect(Object.keys(kept)).toEqual(['gitops/policy/releases.yaml', fileOf('other')]);
    expect(kept['gitops/policy/releases.yaml']).toBe(empty);
    expect((await readMarker(other.stateDir))?.byHand).toBeUndefined();
  });
});
