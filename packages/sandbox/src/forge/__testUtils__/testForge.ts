import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from 'octokit';
import { sandboxSettings, type SandboxSettings } from '../../settings';
import { openForge, startForge, type Forge } from '../index';
import { personByLogin } from '../people';

const repositoryRoot = path.resolve(__dirname, '../../../../..');

/** A running forge with a little history, for tests. */
export interface TestForge {
  url: string;
  settings: SandboxSettings;
  /** A client of the API; with the portal's token unless another one is given. `null`: anonymous. */
  octokit(token?: string | null): Octokit;
  /** Calls the API. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** Ends the server and starts another one on the same state. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The program's path on this machine; what the set-up has brought counts too. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), path.join(repositoryRoot, '.tools/bin')];
  return folders.map(folder => path.join(folder, name)).find(file => existsSync(file));
}

/** Files of a small platform repository. */
export const platformFiles = {
  'README.md': '# Platform\n\nWhat runs where.\n',
  'gitops/tenants/tenant-a-values.yaml':
    'tenant:\n  name: tenant-a\nimage:\n  repository: ghcr.io/acme/demo-api\n  tag: sha-1111111\n',
  'gitops/tenants/tenant-b-values.yaml':
    'tenant:\n  name: tenant-b\nimage:\n  repository: ghcr.io/acme/demo-api\n  tag: sha-1111111\n',
};

/** A commit's author from a login. */
export function authorOf(login: string) {
  const person = personByLogin(login);
  return { name: person?.name ?? login, email: person?.email ?? login };
}

/** Settings of a forge with a state folder of its own; every port is chosen by the system. */
export async function testSettings(ports: Partial<SandboxSettings['ports']> = {}) {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'forge-test-'));
  const tools = { git: findProgram('git') ?? 'git' };
  const settings = sandboxSettings({ repositoryRoot, stateDir, tools });
  const none = Object.fromEntries(Object.keys(settings.ports).map(name => [name, 0]));
  return { ...settings, ports: { ...settings.ports, ...none, ...ports } };
}

/** Starts a forge for tests. `seed` makes its history; without it acme/platform has one commit. */
export async function startTestForge(
  options: {
    seed?: (forge: Forge) => Promise<unknown>;
    settings?: Partial<Omit<SandboxSettings, 'ports'>>;
    ports?: Partial<SandboxSettings['ports']>;
  } = {},
): Promise<TestForge> {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const settings = { ...(await testSettings(options.ports)), ...options.settings };
  const forge = await openForge(settings);
  await forge.commitFiles({
    repository: 'platform',
    branch: 'main',
    files: platformFiles,
    message: 'Begin',
    author: authorOf('ada'),
    date: new Date('2026-01-01T10:00:00Z'),
  });
  await options.seed?.(forge);
  await forge.close();
  let server = await startForge(settings);
  const running: TestForge = {
    url: server.url,
    settings,
    octokit: token =>
      new Octokit({
        baseUrl: `${running.url}/api/v3`,
        ...(token === null ? {} : { auth: token ?? settings.tokens.forge }),
        throttle: { enabled: false },
        retry: { enabled: false },
        log: { debug: noop, info: noop, warn: noop, error: noop },
      }),
    api: (where, init) => fetch(`${running.url}/api/v3${where}`, init),
    restart: async () => {
      await server.close();
      server = await startForge(settings);
      running.url = server.url;
    },
    close: async () => {
      await server.close();
      await rm(settings.stateDir, { recursive: true, force: true });
    },
  };
  return running;
}

function noop(): void {
  // Octokit's own log lines would only hide what a test prints.
}

/** Asks again and again until the answer is there; milliseconds. */
export async function eventually<T>(
  ask: () => Promise<T | undefined | false>,
  patience = 10_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`still nothing after ${patience} ms`);
    }
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

/** Runs Git as a person would, in a folder; returns what it prints. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Otto Brandt',
      GIT_AUTHOR_EMAIL: 'otto@acme.example',
      GIT_COMMITTER_NAME: 'Otto Brandt',
      GIT_COMMITTER_EMAIL: 'otto@acme.example',
    },
  });
  return stdout;
}
