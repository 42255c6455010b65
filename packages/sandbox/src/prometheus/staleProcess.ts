import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 5000;
const checkMs = 50;

/** Whether a process runs that was started with an argument. One may hold spaces: it is a path. */
async function runsWith(pid: number, argument: string): Promise<boolean> {
  if (process.platform === 'linux') {
    // No such file: no such process. A zombie's is empty: it has ended, though nobody has noticed.
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return commandLine.split('\0').includes(argument);
  }
  return new Promise(resolve => {
    execFile('ps', ['-ww', '-o', 'args=', '-p', String(pid)], (error, stdout) =>
      resolve(!error && `${stdout.trim()} `.includes(` ${argument} `)),
    );
  });
}

/**
 * Ends the process whose id a file holds, if its command line has the given argument: a number
 * alone may by now be that of any process. Does nothing when the file or the process is gone.
 *
 * @returns whether a process had to be ended
 */
export async function endStaleProcess(pidFile: string, argument: string): Promise<boolean> {
  const text = await readFile(pidFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  const pid = Number(text.trim());
  const found = Number.isInteger(pid) && pid > 1 && (await runsWith(pid, argument));
  if (found) {
    signal(pid, 'SIGTERM');
    const deadline = Date.now() + patienceMs;
    while (await runsWith(pid, argument)) {
      if (Date.now() > deadline) signal(pid, 'SIGKILL');
      await wait(checkMs);
    }
  }
  await rm(pidFile, { force: true });
  return found;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
