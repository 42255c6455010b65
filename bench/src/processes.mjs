/** Child processes of the benchmark that answer messages. */
import { fork } from 'node:child_process';

const children = new Set();

/** Ends every child when this process ends, however it ends. */
process.on('exit', () => children.forEach(child => child.kill('SIGKILL')));

/**
 * Starts a module in a process of its own and waits for its message `{ ready: true, ... }`.
 * @returns `{ first, ask(message), tell(message), stop(), log() }`; `ask` answers what the child says to it
 */
export async function startChild(module, { execArgv = [], args = [], env = {}, cwd } = {}) {
  const child = fork(module, args, {
    execArgv,
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.add(child);
  let log = '';
  const keep = data => (log = (log + data).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const waiting = new Map();
  let next = 1;
  const first = await new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`${module} ended with ${code}\n${log}`)));
    child.on('message', message => {
      // Backstage's own development server writes to the same channel.
      if (message.ready) resolve(message);
      else waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    });
  });
  return {
    first,
    log: () => log,
    tell: message => child.send(message),
    ask: message =>
      new Promise(resolve => {
        const id = next++;
        waiting.set(id, resolve);
        child.send({ ...message, id });
      }),
    stop: () =>
      new Promise(resolve => {
        children.delete(child);
        child.once('exit', resolve);
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
      }),
  };
}
