import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { sandboxSettings } from '../settings';
import { portalProcess, restartsPortal, writeOverlay } from './portal';

const repositoryRoot = path.resolve(__dirname, '../../../..');
const tools = { git: 'git' };

describe('writeOverlay', () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'overlay-test-'));
  });
  afterEach(() => rm(stateDir, { recursive: true }));

  it("needs no file for the repository's own ports", async () => {
    const settings = sandboxSettings({ repositoryRoot, tools });
    expect(await writeOverlay(settings)).toBeUndefined();
  });

  it('leaves no default address in what the portal reads', async () => {
    const settings = sandboxSettings({
      repositoryRoot,
      stateDir,
      portBase: 9100,
      portalPort: 9000,
      tools,
    });
    const file = (await writeOverlay(settings)) as string;
    const overlay = parse(await readFile(file, 'utf8'));
    expect(overlay.backend).toMatchObject({
      baseUrl: 'http://localhost:9000',
      listen: { port: 9000 },
      database: { connection: { directory: `${stateDir}/portal` } },
    });
    expect(overlay.tenantReleases.gitops.repository).toBe('http://localhost:9101/acme/platform');
    expect(overlay.integrations.github[0]).toMatchObject({
      host: 'localhost:9101',
      token: settings.tokens.forge,
    });
    expect(JSON.stringify(overlay)).not.toMatch(/:7[01]0\d/);
  });
});

describe('portalProcess', () => {
  it("reads the user's files last", async () => {
    const settings = sandboxSettings({ repositoryRoot, tools });
    const { args, cwd } = await portalProcess({
      settings,
      extraConfig: ['/a.yaml', '/b.yaml'],
      preload: '/preload.cjs',
    });
    const files = args.filter((_, index) => args[index - 1] === '--config');
    expect(files).toEqual([
      path.join(repositoryRoot, 'app-config.yaml'),
      path.join(repositoryRoot, 'app-config.sandbox.yaml'),
      '/a.yaml',
      '/b.yaml',
    ]);
    expect(cwd).toBe(path.join(repositoryRoot, 'packages/backend'));
  });
});

describe('restartsPortal', () => {
  it.each([
    ['a crash after it was ready', { code: 1, signal: null, wasReady: true }, 0, true],
    [
      'a native crash at the start',
      { code: null, signal: 'SIGSEGV' as const, wasReady: false },
      1,
      true,
    ],
    [
      'the third native crash in a row',
      { code: null, signal: 'SIGSEGV' as const, wasReady: false },
      3,
      false,
    ],
    ['a fault in the configuration', { code: 1, signal: null, wasReady: false }, 1, false],
  ])('%s', (_, end, failures, expected) => {
    expect(restartsPortal(end, failures)).toBe(expected);
  });
});
