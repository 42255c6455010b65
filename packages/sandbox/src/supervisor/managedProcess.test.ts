import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { ManagedProcess, ProcessSpecification, ProcessState } from './managedProcess';

const running: ManagedProcess[] = [];

/** A process that runs a script of Node. */
function managed(script: string, more: Partial<ProcessSpecification> = {}): ManagedProcess {
  const process_ = new ManagedProcess({
    name: 'test',
    command: process.execPath,
    args: ['-e', script],
    cwd: process.cwd(),
    environment: process.env,
    ...more,
  });
  running.push(process_);
  return process_;
}

async function until(process_: ManagedProcess, state: ProcessState): Promise<void> {
  while (process_.state !== state) await once(process_, 'state');
}

const ready = `process.send({ type: 'ready', url: 'http://localhost' });`;
const stay = 'setInterval(() => {}, 1000);';

afterEach(async () => {
  await Promise.all(running.splice(0).map(process_ => process_.stop()));
});

describe('ManagedProcess', () => {
  it('is ready when the process says so, and stopped when a person wants it', async () => {
    const process_ = managed(`${ready} ${stay}`);
    process_.start();
    expect(process_.state).toBe('starting');
    await until(process_, 'ready');
    expect(process_.pid).toBeGreaterThan(0);
    await process_.stop();
    expect(process_.state).toBe('stopped');
    expect(process_.pid).toBeUndefined();
    // Longer than the pause after which a crashed process is started again.
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(process_.state).toBe('stopped');
  });

  it('starts a killed process again', async () => {
    const process_ = managed(`${ready} ${stay}`);
    const lines: string[] = [];
    process_.on('line', line => lines.push(line));
    process_.start();
    await until(process_, 'ready');
    const first = process_.pid as number;
    process.kill(first, 'SIGKILL');
    await until(process_, 'crashed');
    await until(process_, 'ready');
    expect(process_.pid).not.toBe(first);
    expect(lines).toEqual(['ended with SIGKILL; starting again in 250 ms']);
  });

  it('ends what a crashed process has left behind', async () => {
    const process_ = managed(`
      const child = require('node:child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
      console.log(child.pid);
      setTimeout(() => process.exit(3), 20);
    `);
    const line = once(process_, 'line');
    process_.start();
    const pid = Number((await line)[0]);
    await until(process_, 'crashed');
    await process_.stop();
    expect(await endsSoon(pid)).toBe(true);
  });

  it('does not try again without what the machine lacks', async () => {
    const process_ = managed(`process.send({ type: 'unavailable', reason: 'install it' })`);
    process_.start();
    await until(process_, 'unavailable');
    expect(process_.reason).toBe('install it');
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(process_.state).toBe('unavailable');
  });

  it('is given up when its specification says so', async () => {
    const process_ = managed('process.exit(1)', { restarts: end => end.code !== 1 });
    const ended = once(process_, 'ended');
    process_.start();
    expect((await ended)[0]).toEqual({ code: 1, signal: null, wasReady: false });
    expect(process_.state).toBe('crashed');
  });

  it('is ended by force when it does not listen', async () => {
    const process_ = managed(`process.on('SIGTERM', () => {}); ${ready} ${stay}`, {
      patienceMs: 100,
    });
    process_.start();
    await until(process_, 'ready');
    await process_.stop();
    expect(process_.pid).toBeUndefined();
  });

  it('says that a program cannot be started', async () => {
    const process_ = managed('', { command: '/nowhere/program', restarts: () => false });
    const line = once(process_, 'line');
    const ended = once(process_, 'ended');
    process_.start();
    expect((await line)[0]).toMatch(/cannot be started: .*ENOENT/);
    await ended;
  });

  it('hands on whole lines of both streams', async () => {
    const process_ = managed(
      `process.stdout.write('on'); setTimeout(() => { process.stdout.write('e\\ntwo'); console.error('three'); }, 20);`,
      { restarts: () => false },
    );
    const lines: string[] = [];
    process_.on('line', line => lines.push(line));
    const ended = once(process_, 'ended');
    process_.start();
    await ended;
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(lines.sort()).toEqual(['one', 'three', 'two']);
  });
});

/** Whether a process is gone, or only waits to be taken note of (a zombie), within a second. */
async function endsSoon(pid: number): Promise<boolean> {
  for (let i = 0; i < 50; i += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (/\) Z /.test(stat)) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}
