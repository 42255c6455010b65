import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resetCommand } from '../commands/reset';
import { statusCommand, statusText } from '../commands/status';
import { tokenCommand } from '../commands/token';
import { Status } from './control';
import { changeServer, currentStatus, runningStatus } from './controlClient';
import { controlFilePath, startControlServer } from './controlServer';

const status: Status = {
  servers: [
    { name: 'forge', url: 'http://localhost:7101', state: 'ready', pid: 4711 },
    {
      name: 'prometheus',
      url: 'http://localhost:7104',
      state: 'unavailable',
      reason: 'install prometheus',
    },
  ],
  portal: { name: 'portal', url: 'http://localhost:7007', state: 'starting', pid: 4712 },
  forge: { repository: 'http://localhost:7101/acme/platform' },
  tools: {},
  stateDir: '/state',
};

let stateDir: string;
let close: (() => Promise<void>) | undefined;
const changes: string[] = [];
const printed: string[] = [];
const print = (text: string) => printed.push(text);

async function run(): Promise<void> {
  close = await startControlServer(stateDir, {
    status: () => status,
    change: async (action, server) => {
      if (server === 'tardis') throw new Error('There is no server tardis.');
      changes.push(`${action} ${server}`);
    },
  });
}

beforeEach(async () => {
  stateDir = await mkdtemp(path.join(tmpdir(), 'control-test-'));
  changes.length = 0;
  printed.length = 0;
});
afterEach(async () => {
  await close?.();
  close = undefined;
  await rm(stateDir, { recursive: true });
});

describe('control endpoint', () => {
  it('answers its own account only', async () => {
    await run();
    const file = controlFilePath(stateDir);
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
    const { url, token } = JSON.parse(await readFile(file, 'utf8'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const wrong = { headers: { authorization: `Bearer ${token}x` } };
    expect((await fetch(`${url}/status`)).status).toBe(401);
    expect((await fetch(`${url}/servers/forge/stop`, { method: 'POST', ...wrong })).status).toBe(
      401,
    );
    expect(changes).toEqual([]);
  });

  it('is one for a checkout', async () => {
    await run();
    const first = await readFile(controlFilePath(stateDir), 'utf8');
    const second = startControlServer(stateDir, { status: () => status, change: async () => {} });
    await expect(second).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(controlFilePath(stateDir), 'utf8')).toBe(first);
  });

  it('tells what runs and changes it', async () => {
    await run();
    expect(await currentStatus(stateDir)).toEqual(status);
    await changeServer(stateDir, 'stop', 'forge');
    expect(changes).toEqual(['stop forge']);
    await expect(changeServer(stateDir, 'stop', 'tardis')).rejects.toThrow('no server tardis');
  });

  it('is no longer there when it was closed', async () => {
    await run();
    await close?.();
    close = undefined;
    expect(await currentStatus(stateDir)).toBeUndefined();
  });

  it('does not trust a file that a killed supervisor left behind', async () => {
    await run();
    const left = await readFile(controlFilePath(stateDir), 'utf8');
    await close?.();
    close = undefined;
    await writeFile(controlFilePath(stateDir), left);
    expect(await currentStatus(stateDir)).toBeUndefined();
    await expect(runningStatus(stateDir)).rejects.toThrow('npm start');
  });
});

describe('commands', () => {
  it('status prints JSON for programs', async () => {
    await run();
    await statusCommand({ stateDir, repositoryRoot: stateDir }, ['--output', 'json'], print);
    expect(JSON.parse(printed.join(''))).toEqual(status);
  });

  it('status prints a table for people', () => {
    const lines = statusText(status, [['git', 'git version 2.39.5', '/usr/bin/git']]).split('\n');
    expect(lines[1]).toBe('forge       ready        4711  http://localhost:7101');
    expect(lines[2]).toBe(
      'prometheus  unavailable  -     http://localhost:7104  install prometheus',
    );
    expect(lines).toContain('Repository: http://localhost:7101/acme/platform');
  });

  it.each([[['--output', 'xml']], [['--nonsense']], [['more']]])(
    'status refuses %j as wrong usage',
    async args => {
      await expect(
        statusCommand({ stateDir, repositoryRoot: stateDir }, args, print),
      ).rejects.toMatchObject({ exitCode: 2 });
    },
  );

  it('status says that nothing runs', async () => {
    await expect(
      statusCommand({ stateDir, repositoryRoot: stateDir }, [], print),
    ).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('Nothing runs'),
    });
  });

  it('reset empties the state, but not under a running platform', async () => {
    await run();
    const file = path.join(stateDir, 'forge.json');
    await writeFile(file, '{}');
    await expect(resetCommand(stateDir, print)).rejects.toThrow('The platform runs');
    expect((await stat(file)).isFile()).toBe(true);
    await close?.();
    close = undefined;
    await resetCommand(stateDir, print);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await resetCommand(stateDir, print);
    expect(printed).toEqual([`Emptied ${stateDir}.`, 'Nothing to reset.']);
  });

  it.each([
    [undefined, 'Name the person'],
    ['nobody', 'choose one of ada, otto, berta, dev, carl'],
    ['ada', 'not ready'],
  ])('token for %s is refused while it cannot be had', async (user, message) => {
    await run();
    await expect(tokenCommand(stateDir, user, print)).rejects.toThrow(message);
  });
});
