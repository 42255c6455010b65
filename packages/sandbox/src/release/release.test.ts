import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { release, releaseClients, releaseOptions, type ReleaseClients } from '../commands/release';
import { openForge, personalToken, startForge } from '../forge';
import { seedIfNeeded } from '../seed';
import { RunningServer, sandboxSettings, SandboxSettings } from '../settings';
import { withOtherMedian } from './buildVersion';
import { readImages } from './imageRegistry';

jest.setTimeout(60_000);

const now = new Date('2026-11-23T12:00:00Z');
const nothing = { bad: false, now };
let settings: SandboxSettings;
let forge: RunningServer;
let clients: ReleaseClients;
let printed: string[];

/** Runs `release` and answers what it printed, by the word before the colon. */
async function run(options: Partial<Parameters<typeof release>[2]> = {}) {
  printed = [];
  await release(clients, settings.stateDir, { ...nothing, ...options }, line => printed.push(line));
  const value = (key: string) =>
    printed.find(line => line.startsWith(`${key}: `))?.slice(key.length + 2);
  return { version: value('Version')?.split(' ')[0] as string, pull: value('Pull request') };
}

async function pullFiles(url: string): Promise<Array<{ filename: string; patch: string }>> {
  const number = url.split(' ')[0].split('/').pop();
  const answer = await fetch(`${forge.url}/api/v3/repos/acme/platform/pulls/${number}/files`);
  return answer.json();
}

const frozen = `freezes:
  - { tenants: [tenant-a], from: 2026-11-23T00:00:00Z, until: 2026-11-24T00:00:00Z, reason: the end of the year }`;

/** Changes a file on the main branch of acme/platform. */
async function writeMain(file: string, change: (text?: string) => string): Promise<void> {
  const text = change(await clients.source.readFile('platform', file));
  const where = `${forge.url}/api/v3/repos/acme/platform/contents/${file}`;
  const headers = { authorization: `token ${personalToken('ada')}` };
  const { sha } = await (await fetch(where, { headers })).json();
  const content = Buffer.from(text).toString('base64');
  const body = JSON.stringify({
    message: 'test',
    content,
    branch: 'main',
    ...(sha ? { sha } : {}),
  });
  expect((await fetch(where, { method: 'PUT', headers, body })).ok).toBe(true);
}

beforeAll(async () => {
  // The forge tells what happens to it.
  jest.spyOn(console, 'log').mockImplementation(() => {});
  const stateDir = await mkdtemp(path.join(tmpdir(), 'release-test-'));
  const all = sandboxSettings({
    repositoryRoot: path.resolve(__dirname, '../../../..'),
    stateDir,
    tools: { git: 'git' },
  });
  settings = { ...all, ports: { ...all.ports, forge: 0, portal: 9, argocd: 9 } };
  await seedIfNeeded(settings, { now, log: () => {}, demo: false });
  const open = await openForge(settings);
  const path_ = 'gitops/tenants/tenant-h-values.yaml';
  await open.commitFiles({
    repository: 'platform',
    branch: 'main',
    files: {
      [path_]: `tenant:
  name: tenant-h
  displayName: Held
  owner: group:default/tenant-h-owners
  tier: free
  ring: 2
  contact: held@example.com
  hold: { version: sha-1234567, reason: an exam, by: user:default/ada, since: 2026-11-20T00:00:00Z }
image:
  repository: ghcr.io/acme/demo-api
  tag: sha-1234567
`,
      'gitops/tenants/tenant-x-values.yaml': 'image: [',
    },
    message: 'Two more tenants',
    author: { name: 'Ada Okafor', email: 'ada@acme.example' },
    date: now,
  });
  await open.close();
  forge = await startForge(settings);
  clients = releaseClients(forge.url);
});

afterAll(async () => {
  await forge?.close();
  await rm(settings.stateDir, { recursive: true, force: true });
});

describe('release', () => {
  it('builds a version and opens one pull request that changes one line of each tenant', async () => {
    const before = await readImages(settings.stateDir);
    const { version, pull } = await run();
    const images = await readImages(settings.stateDir);
    expect(images).toHaveLength(before.length + 1);
    expect(images.at(-1)).toMatchObject({ tag: version, createdAt: now.toISOString() });
    expect(version).toBe(`sha-${images.at(-1)?.commit.slice(0, 7)}`);
    expect(images.at(-1)?.environment).toBeUndefined();
    const files = await pullFiles(pull as string);
    expect(files.map(file => file.filename)).toEqual([
      'gitops/tenants/tenant-a-values.yaml',
      'gitops/tenants/tenant-b-values.yaml',
    ]);
    for (const { patch } of files) {
      const changed = patch.split('\n').filter(line => /^[-+]/.test(line));
      expect(changed).toEqual([
        expect.stringMatching(/^- {2}tag: sha-[0-9a-f]{7}$/),
        `+  tag: ${version}`,
      ]);
    }
    expect(printed).toContain(
      'Left alone: tenant-h, is held at sha-1234567 by user:default/ada: an exam',
    );
    expect(printed.find(line => line.startsWith('Left alone: tenant-x'))).toMatch(/cannot be read/);
  });

  it('is a commit of a developer with a real change', async () => {
    await run({ message: 'fix: something small' });
    const commits = await fetch(`${forge.url}/api/v3/repos/acme/demo-api/commits?per_page=1`);
    const [{ sha, commit }] = await commits.json();
    expect(commit.message).toBe('fix: something small');
    expect(commit.author.name).not.toContain('bot');
    const one = await fetch(`${forge.url}/api/v3/repos/acme/demo-api/commits/${sha}`);
    const names = (await one.json()).files.map((file: { filename: string }) => file.filename);
    expect(names.sort()).toEqual(['CHANGELOG.md', 'src/app.ts']);
  });

  it('finds its open pull request again, and opens none when nothing changes', async () => {
    const first = await run({ version: 'sha-abcdef1', tenant: 'tenant-a' });
    const again = await run({ version: 'sha-abcdef1', tenant: 'tenant-a' });
    expect(again.pull).toBe(`${first.pull} (open already)`);
    expect(printed[0]).toBe('Version: sha-abcdef1 (exists already)');
    const current = /tag: (\S+)/.exec(
      (await clients.source.readFile('platform', 'gitops/tenants/tenant-b-values.yaml')) as string,
    )?.[1];
    const same = await run({ version: current, tenant: 'tenant-b' });
    expect(same.pull).toBe('none, there is nothing to change.');
  });

  it('narrows to a ring', async () => {
    const { pull } = await run({ ring: 1 });
    const files = await pullFiles(pull as string);
    expect(files.map(file => file.filename)).toEqual(['gitops/tenants/tenant-b-values.yaml']);
  });

  it('makes a bad version fail a part of its requests, and builds no version twice', async () => {
    const { version } = await run({ bad: true });
    const image = (await readImages(settings.stateDir)).find(({ tag }) => tag === version);
    expect(Number(image?.environment?.FAULT_RATIO)).toBeGreaterThan(0.1);
    await expect(run({ bad: true, version })).rejects.toThrow('tags are immutable');
  });

  it('leaves frozen tenants alone, and refuses a bad version', async () => {
    await writeMain('gitops/policy/releases.yaml', (text = '') =>
      text
        .replace('freezes: []', frozen)
        .replace('badVersions: []', 'badVersions:\n  - { version: sha-bad0000, reason: errors }'),
    );
    const { pull } = await run({ version: 'sha-5555555' });
    const files = await pullFiles(pull as string);
    expect(files.map(file => file.filename)).toEqual(['gitops/tenants/tenant-b-values.yaml']);
    expect(printed).toContain(
      'Left alone: tenant-a, is frozen until 2026-11-24T00:00:00Z: the end of the year',
    );
    await expect(run({ version: 'sha-bad0000' })).rejects.toThrow(
      'sha-bad0000 is on the list of bad versions in gitops/policy/releases.yaml: errors',
    );
  });

  it('names the tenants when there is none of that name, and builds nothing', async () => {
    const before = (await readImages(settings.stateDir)).length;
    await expect(run({ tenant: 'tenant-z' })).rejects.toThrow(
      'There is no tenant tenant-z: choose one of tenant-a, tenant-b, tenant-h, tenant-x.',
    );
    expect(await readImages(settings.stateDir)).toHaveLength(before);
  });

  it('says that the forge does not answer', async () => {
    const nobody = releaseClients('http://localhost:9');
    await expect(release(nobody, settings.stateDir, nothing, () => {})).rejects.toThrow(
      'The forge at http://localhost:9 does not answer',
    );
  });
});

describe('releaseOptions', () => {
  it('reads all of them', () => {
    const args = [
      '--bad',
      '--version',
      'sha-1a2b3c4',
      '--tenant',
      't',
      '--ring=2',
      '--message',
      ' x ',
    ];
    expect(releaseOptions(args)).toEqual({
      bad: true,
      version: 'sha-1a2b3c4',
      tenant: 't',
      ring: 2,
      message: 'x',
    });
  });

  it.each([
    [['--version', '1.2.3'], '--version 1.2.3'],
    [['--version', 'latest'], '--version latest'],
    [['--version', 'sha-12345'], '--version sha-12345'],
    [['--version', `sha-${'a'.repeat(41)}`], '--version'],
    [['--ring', '10'], '--ring 10'],
    [['--ring', 'x'], '--ring x'],
    [['--message', 'a\nb'], '--message'],
    [['--message', ''], '--message'],
    [['--wat'], '--wat'],
    [['more'], 'more'],
  ])('refuses %j as wrong usage', (args, message) => {
    expect(() => releaseOptions(args)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
    );
  });
});

describe('withOtherMedian', () => {
  it.each([
    ['logNormalDuration(25, random)', 'logNormalDuration(26, random)'],
    ['logNormalDuration(30, random)', 'logNormalDuration(20, random)'],
    ['nothing to change', 'nothing to change'],
  ])('%s', (source, expected) => expect(withOtherMedian(source)).toBe(expected));
});
