import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../testing/eventually';
import { ContainerLog, lineTimes } from './ContainerLog';
import { ContainerThread } from './ContainerThread';

jest.setTimeout(30_000);

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'thread-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

function run(source: string, environment: Record<string, string> = {}, memoryBytes?: number) {
  const file = path.join(directory, `${Math.random()}.cjs`);
  fs.writeFileSync(file, source);
  const log = new ContainerLog(lineTimes(() => Date.now()));
  return { log, child: new ContainerThread({ file }, environment, log, memoryBytes) };
}

const lines = (log: ContainerLog) => log.lines.map(line => line.text);
const forEver = 'setInterval(() => {}, 1e6);';

it.each([
  ['process.exit(0)', { code: 0, reason: 'Completed' }],
  ['process.exit(7)', { code: 7, reason: 'Error' }],
  ['process.exitCode = 4', { code: 4, reason: 'Error' }],
  ['throw new Error("x")', { code: 1, reason: 'Error' }],
  ['Promise.reject(new Error("x"))', { code: 1, reason: 'Error' }],
])('%s ends with %j', async (source, exit) => {
  await expect(run(source).child.exited).resolves.toEqual(exit);
});

it('has read everything when it has ended', async () => {
  const { child, log } = run(
    'for (let i = 0; i < 500; i++) console.log(i); console.error("last"); process.exit(1)',
  );
  await child.exited;
  expect(lines(log)).toHaveLength(501);
  expect(lines(log)).toContain('last');
  expect(log.ended).toBe(true);
});

it.each([
  ['throw new Error("no order store")', 'Error: no order store'],
  ['require("/none.js")', "Cannot find module '/none.js'"],
])('says in the log why %s ended it', async (source, why) => {
  const { child, log } = run(source);
  await child.exited;
  expect(lines(log).join('\n')).toContain(why);
});

it('says what is wrong with a program that is not there', async () => {
  const log = new ContainerLog(lineTimes(() => Date.now()));
  const child = new ContainerThread({ file: '/none.js' }, {}, log);
  await expect(child.exited).resolves.toMatchObject({ code: 1 });
  expect(lines(log).join('\n')).toContain("Cannot find module '/none.js'");
});

it('lets a program end that has nothing more to do', async () => {
  await expect(run('console.log("done")').child.exited).resolves.toMatchObject({ code: 0 });
});

it('ends softly on SIGTERM', async () => {
  const { child, log } = run(
    `process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); ${forEver} console.log("up")`,
  );
  await eventually(() => expect(lines(log)).toEqual(['up']));
  child.signal('SIGTERM');
  await expect(child.exited).resolves.toEqual({ code: 0, reason: 'Completed' });
  expect(lines(log)).toEqual(['up', 'bye']);
  expect(child.running).toBe(false);
  child.signal('SIGTERM');
});

it('ends with 143 on a SIGTERM that nobody listens to', async () => {
  const { child, log } = run(`${forEver} console.log("up")`);
  await eventually(() => expect(lines(log)).toEqual(['up']));
  child.signal('SIGTERM');
  await expect(child.exited).resolves.toEqual({ code: 143, reason: 'Error' });
});

it('ends by force with 137, also in the middle of a loop', async () => {
  const { child, log } = run('console.log("up"); setTimeout(() => { for (;;); }, 50)');
  await eventually(() => expect(lines(log)).toEqual(['up']));
  await new Promise(resolve => setTimeout(resolve, 150));
  child.signal('SIGKILL');
  await expect(child.exited).resolves.toEqual({ code: 137, reason: 'Error' });
});

describe('beside another container', () => {
  const server = `require("node:http").createServer((_, response) => response.end(process.env.NAME))
    .listen(0, "127.0.0.1", function () { console.log(this.address().port) });`;
  const neighbour = run(server, { NAME: 'neighbour' });
  afterAll(() => neighbour.child.signal('SIGKILL'));

  async function answer(): Promise<string> {
    const [port] = await eventually(() => {
      expect(lines(neighbour.log)).toHaveLength(1);
      return lines(neighbour.log);
    });
    return (await fetch(`http://127.0.0.1:${port}/`)).text();
  }

  it('an error, an exit and a kill end one alone', async () => {
    const crashes = [
      run('setTimeout(() => { throw new Error("x") }, 20)'),
      run('process.exit(3)'),
      run(forEver),
    ];
    crashes[2].child.signal('SIGKILL');
    expect(await Promise.all(crashes.map(({ child }) => child.exited))).toEqual([
      { code: 1, reason: 'Error' },
      { code: 3, reason: 'Error' },
      { code: 137, reason: 'Error' },
    ]);
    expect(await answer()).toBe('neighbour');
    expect(neighbour.child.running).toBe(true);
  });

  it('ends one alone that needs more memory than it may have', async () => {
    const greedy = run(
      'const kept = []; setInterval(() => kept.push(new Array(1e5).fill({})), 1)',
      {},
      48 * 2 ** 20,
    );
    await expect(greedy.child.exited).resolves.toEqual({ code: 137, reason: 'OOMKilled' });
    expect(lines(greedy.log).join('\n')).toContain('memory');
    expect(await answer()).toBe('neighbour');
  });

  it('keeps environments and globals apart', async () => {
    const { child, log } = run('process.env.NAME = "x"; console.log(process.env.HOME ?? "none")');
    await child.exited;
    expect(lines(log)).toEqual(['none']);
    expect(await answer()).toBe('neighbour');
  });

  it('measures each for itself', async () => {
    const busy = run(
      `const kept = Buffer.alloc(64 * 2 ** 20, 1); setInterval(() => { for (let end = Date.now() + 40; Date.now() < end;); kept.at(0) }, 50)`,
    );
    const idle = run(forEver);
    const [used, unused] = await eventually(async () => {
      const both = await Promise.all([busy.child.sample(), idle.child.sample()]);
      expect(both[0]!.cpuSeconds).toBeGreaterThan(both[1]!.cpuSeconds + 0.2);
      return both;
    }, 20_000);
    expect(used!.bytes).toBeGreaterThan(64 * 2 ** 20);
    expect(unused!.bytes).toBeGreaterThan(2 ** 20);
    expect(unused!.bytes).toBeLessThan(40 * 2 ** 20);
    for (const { child } of [busy, idle]) {
      child.signal('SIGKILL');
      await child.exited;
      await expect(child.sample()).resolves.toBeUndefined();
    }
  });

  it('answers undefined for one that ends while it is measured', async () => {
    const { child } = run(forEver);
    child.signal('SIGKILL');
    await expect(child.sample()).resolves.toBeUndefined();
  });
});
