/** Runs the built bundle as a container would: one file, no node_modules, ended by a signal. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

const root = path.join(__dirname, '..');
let directory: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'demo-api-'));
  execFileSync(process.execPath, ['build.mjs', path.join(directory, 'main.js')], { cwd: root });
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['main.js'], {
    cwd: directory,
    env: { HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const ended = new Promise<{ code: number | null; signal: string | null }>(resolve =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (let attempt = 0; attempt < 200; attempt++) {
      const match = pattern.exec(output);
      if (match) return match;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    throw new Error(`the service did not say ${pattern}, but: ${output}`);
  };
  const listening = async () => Number((await said(/listening on 127\.0\.0\.1:(\d+)/))[1]);
  return { child, ended, said, listening, output: () => output };
}

function fetchStatus(port: number, route: string, agent?: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: route, agent }, response => {
      response.resume().once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}

describe('the bundle', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s ends requests in flight, takes no new ones and exits with 0',
    async signal => {
      const service = run({ TENANT: 'tenant-a', VERSION: 'sha-1a2b3c4' });
      const port = await service.listening();
      const keepAlive = new Agent({ keepAlive: true });
      expect(await fetchStatus(port, '/readyz', keepAlive)).toBe(200);

      const slow = fetchStatus(port, '/work?ms=600');
      await new Promise(resolve => setTimeout(resolve, 150));
      service.child.kill(signal);
      await service.said(/"message":"draining"/);
      await expect(fetchStatus(port, '/readyz')).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);

      expect(await slow).toBe(200);
      expect(await service.ended).toEqual({ code: 0, signal: null });
      keepAlive.destroy();
      const lines = service.output().trim().split('\n');
      expect(lines.map(line => JSON.parse(line).message)).toEqual([
        expect.stringMatching(/^listening on /),
        `${signal} received`,
        'draining',
        'GET /work 200',
        'stopped',
      ]);
    },
  );

  it('does not wait for ever', async () => {
    const service = run({ SHUTDOWN_SECONDS: '0.3' });
    const port = await service.listening();
    const slow = fetchStatus(port, '/work?ms=2000').catch((error: Error) => error.message);
    await new Promise(resolve => setTimeout(resolve, 150));
    const startedAt = performance.now();
    service.child.kill('SIGTERM');
    expect(await service.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(await slow).toMatch(/socket hang up|ECONNRESET/);
    expect(service.output()).toContain('stopped with requests in flight');
  });

  it('refuses a wrong setting with one line that names it', async () => {
    const service = run({ FAULT_RATIO: '35%' });
    expect((await service.ended).code).toBe(1);
    const [line, ...more] = service.output().trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      message: 'FAULT_RATIO must be a number from 0 to 1, not "35%"',
    });
  });

  it('says so when its port is taken', async () => {
    const first = run({});
    const port = await first.listening();
    const second = run({ PORT: String(port) });
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain('EADDRINUSE');
  });
});

describe('as one of several threads of a process', () => {
  const threads: Worker[] = [];
  afterAll(() => Promise.all(threads.map(thread => thread.terminate())));

  async function start(tenant: string): Promise<() => Promise<Map<string, number>>> {
    const env = { HOST: '127.0.0.1', PORT: '0', TENANT: tenant };
    const thread = new Worker(path.join(directory, 'main.js'), { env, stdout: true });
    threads.push(thread);
    const [chunk] = (await once(thread.stdout, 'data')) as [Buffer];
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(String(chunk))![1];
    return async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const samples = text.split('\n').flatMap(line => {
        const [, name, value] = /^((?:process|nodejs_eventloop)_\w+) (\S+)$/.exec(line) ?? [];
        return name ? [[name, Number(value)] as const] : [];
      });
      return new Map(samples);
    };
  }

  it('measures itself, under the same names as alone, and not the others', async () => {
    const [first, second] = [await start('tenant-a'), await start('tenant-b')];
    const before = await first();
    for (let scrape = 0; scrape < 300; scrape++) await second();
    const [idle, busy] = [await first(), await second()];
    const cpu = 'process_cpu_seconds_total';
    expect(busy.get(cpu)!).toBeGreaterThan(idle.get(cpu)! + 0.05);
    expect(idle.get(cpu)! - before.get(cpu)!).toBeLessThan(0.05);
    const bytes = idle.get('process_resident_memory_bytes')!;
    expect(bytes).toBeGreaterThan(2 ** 20);
    expect(bytes).toBeLessThan(process.memoryUsage.rss() / 2);
    expect(Math.abs(idle.get('process_start_time_seconds')! - Date.now() / 1000)).toBeLessThan(60);
    const lag = [...idle].filter(([name]) => name.startsWith('nodejs_eventloop_lag_p'));
    expect(lag).toHaveLength(3);
    for (const [, seconds] of lag) {
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(1);
    }
    // Of the process, not of the thread.
    expect(idle.has('process_open_fds')).toBe(false);
  });
});
