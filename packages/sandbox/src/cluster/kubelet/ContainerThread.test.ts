import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../testing/eventually';
import { ContainerLog, lineTimes } from './ContainerLog';
import { ContainerProcess } from './ContainerProcess';
import { commandLine } from './processes';

jest.setTimeout(20_000);

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'process-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

function run(source: string, environment: Record<string, string> = {}) {
  const file = path.join(directory, `${Math.random()}.cjs`);
  fs.writeFileSync(file, source);
  const log = new ContainerLog(lineTimes(() => Date.now()));
  return { log, child: new ContainerProcess({ file }, environment, 'shop/web/1', log) };
}

const lines = (log: ContainerLog) => log.lines.map(line => line.text);

it.each([
  ['process.exit(0)', 0],
  ['process.exit(7)', 7],
  ['throw new Error("x")', 1],
  ['process.kill(process.pid, "SIGKILL")', 137],
])('%s ends with %d', async (source, code) => {
  await expect(run(source).child.exited).resolves.toMatchObject({ code });
});

it('has read everything when it has ended', async () => {
  const { child, log } = run('for (let i = 0; i < 500; i++) console.log(i); console.error("last")');
  await child.exited;
  expect(lines(log)).toHaveLength(501);
  expect(lines(log)).toContain('last');
  expect(log.ended).toBe(true);
});

it('says what is wrong with a program that is not there', async () => {
  const log = new ContainerLog(lineTimes(() => Date.now()));
  const child = new ContainerProcess({ file: '/none.js' }, {}, 'a/b/c', log);
  await expect(child.exited).resolves.toMatchObject({ code: 1 });
  expect(lines(log).join('\n')).toContain("Cannot find module '/none.js'");
});

it('lets a program end that has nothing more to do', async () => {
  await expect(run('console.log("done")').child.exited).resolves.toMatchObject({ code: 0 });
});

it('ends softly on SIGTERM', async () => {
  const { child, log } = run(
    'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); setInterval(() => {}, 1e6); console.log("up")',
  );
  await eventually(() => expect(lines(log)).toEqual(['up']));
  child.signal('SIGTERM');
  await expect(child.exited).resolves.toMatchObject({ code: 0 });
  expect(lines(log)).toEqual(['up', 'bye']);
});

it('ends when the kubelet is killed', async () => {
  // The kubelet here is a process of its own that starts a container just as ContainerProcess does.
  const { child: sample } = run('setInterval(() => {}, 1e6)');
  const [, guard] = await eventually(() => {
    const found = /--import (\S+)/.exec(commandLine(sample.pid!) ?? '');
    expect(found).not.toBeNull();
    return found!;
  });
  sample.signal('SIGKILL');
  const program = path.join(directory, 'stubborn.cjs');
  fs.writeFileSync(program, 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)');
  const kubelet = spawn(
    process.execPath,
    [
      '-e',
      `const child = require('node:child_process').spawn(process.execPath, ['--import', ${JSON.stringify(
        guard,
      )}, ${JSON.stringify(program)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
       console.log(child.pid); setInterval(() => {}, 1e6);`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const pid = await new Promise<number>(resolve =>
    kubelet.stdout.once('data', text => resolve(Number(text))),
  );
  await eventually(() => expect(commandLine(pid)).toContain('stubborn'));
  await new Promise(resolve => setTimeout(resolve, 300));
  kubelet.kill('SIGKILL');
  await eventually(() => expect(commandLine(pid)).toBeUndefined());
});
