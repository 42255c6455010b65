import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endStaleProcess } from './staleProcess';

let directory: string;
let pidFile: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'stale-'));
  pidFile = path.join(directory, 'pid');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function sleeper(...args: string[]) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args]);
  writeFileSync(pidFile, `${child.pid}\n`);
  const ended = new Promise<string | null>(resolve => {
    child.once('exit', (_code, signal) => resolve(signal));
  });
  const started = new Promise(resolve => {
    child.once('spawn', resolve);
  });
  return { child, ended, started };
}

describe('endStaleProcess', () => {
  it('ends the process that has the argument', async () => {
    const { ended, started } = sleeper('--', '--storage=/a b/c');
    await started;
    expect(await endStaleProcess(pidFile, '--storage=/a b/c')).toBe(true);
    expect(await ended).toBe('SIGTERM');
    expect(existsSync(pidFile)).toBe(false);
  });

  it('leaves another process alone that has the id by now', async () => {
    const { child, ended, started } = sleeper('--', '--storage=/a/other');
    await started;
    expect(await endStaleProcess(pidFile, '--storage=/a/b')).toBe(false);
    expect(child.exitCode).toBe(null);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
  });

  it.each(['', 'x', '-1', '0', '1', '99999999'])('copes with a file that holds %j', async text => {
    writeFileSync(pidFile, text);
    expect(await endStaleProcess(pidFile, '--storage=/a/b')).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('copes with no file', async () => {
    expect(await endStaleProcess(pidFile, '--storage=/a/b')).toBe(false);
  });
});
