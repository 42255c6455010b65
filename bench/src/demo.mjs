/**
 * What `npm start` costs: seconds to "Portal ready", memory and CPU while nobody does anything. Medians of several starts of
 * one state, after a first start that fills it and is listed apart.
 *
 *     node bench/src/demo.mjs [--rounds 3] [--settle 30] [--idle 60] [--port-base 18300]
 *
 * Memory is read from /proc (Linux): RSS counts a shared page once for each process, PSS once in all.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { spread } from './statistics.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const ticksPerSecond = 100;
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    settle: { type: 'string', default: '30' },
    idle: { type: 'string', default: '60' },
    'port-base': { type: 'string', default: '18300' },
  },
});
const options = Object.fromEntries(
  Object.entries(values).map(([name, text]) => {
    const number = Number(text);
    if (Number.isInteger(number) && number > 0) return [name, number];
    console.error(`--${name} ${text}: must be a whole number above 0.`);
    return process.exit(2);
  }),
);

/** The process and all that descend from it. */
async function processTree(pid) {
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end between the two reads.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
    if (stat)
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = [pid];
  for (const parent of found) {
    for (const [child, of] of parents) if (of === parent) found.push(child);
  }
  return found;
}

/** CPU seconds of each process, so that one that ends meanwhile is not taken for negative work. */
async function cpuSeconds(pids) {
  const seconds = new Map();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (!stat) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    seconds.set(pid, (Number(fields[11]) + Number(fields[12])) / ticksPerSecond);
  }
  return seconds;
}

/** RSS and PSS of processes in MB. */
async function memory(pids) {
  const total = { rss: 0, pss: 0 };
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    total.rss += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
    total.pss += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
  }
  return total;
}

async function measureOnce(stateDir) {
  const began = performance.now();
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'start'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(options['port-base'] + 50),
      SANDBOX_PORT_BASE: String(options['port-base']),
      SANDBOX_STATE_DIR: stateDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  try {
    let output = '';
    const ready = new Promise(resolve => {
      const read = chunk => {
        output += chunk;
        if (output.includes('Portal ready: ')) resolve(performance.now());
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
    const at = await Promise.race([ready, ended]);
    if (child.exitCode !== null) throw new Error(`npm start ended early:\n${output.slice(-4000)}`);
    await delay(options.settle * 1000);
    const pids = await processTree(child.pid);
    const before = await cpuSeconds(pids);
    const from = performance.now();
    await delay(options.idle * 1000);
    const after = await cpuSeconds(await processTree(child.pid));
    const seconds = (performance.now() - from) / 1000;
    let used = 0;
    for (const [pid, total] of after) used += total - (before.get(pid) ?? 0);
    const left = await processTree(child.pid);
    return {
      start: (at - began) / 1000,
      cpu: (100 * used) / seconds,
      processes: left.length,
      ...(await memory(left)),
    };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

const line = (name, rounds) =>
  [
    `${name}: ready after ${spread(rounds.map(({ start }) => start))} s`,
    `RSS ${spread(
      rounds.map(({ rss }) => rss),
      Math.round,
    )} MB`,
    `PSS ${spread(
      rounds.map(({ pss }) => pss),
      Math.round,
    )} MB`,
    `${spread(
      rounds.map(({ processes }) => processes),
      String,
    )} processes`,
    `idle CPU ${spread(rounds.map(({ cpu }) => cpu))} % of a core`,
  ].join(', ');

const stateDir = await mkdtemp(path.join(tmpdir(), 'tenant-portal-demo-'));
try {
  console.log(line('first start', [await measureOnce(stateDir)]));
  const rounds = [];
  while (rounds.length < options.rounds) rounds.push(await measureOnce(stateDir));
  console.log(line('warm start', rounds));
} finally {
  await rm(stateDir, { recursive: true, force: true });
}
