/** Hands over to the program that does the work, and ends when it ends. */
import path from 'node:path';
import { warn } from './output.mjs';
import { start } from './processes.mjs';

/**
 * Runs a program in the foreground until it ends; answers its exit code. It gets a process group of its own, so that
 * Ctrl-C reaches it once, from here, and so that nothing which it started can stay behind. It can tell by its closed IPC
 * channel that this process was killed.
 */
export function handOver(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      ...options,
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal) warn(`${path.basename(args[0])} was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}

/**
 * npm's shell does not hand every signal on. When this process lost its parent, it was ended: behave as on SIGTERM.
 * Only for runs by npm; whoever runs the script itself may detach it.
 */
export function endWithNpm(env = process.env) {
  if (!env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
