/**
 * `npm run bench`: the portal's backend beside the two other Argo CD backends for Backstage, on the same core, against the
 * same upstreams, in one run; rounds are interleaved. Prints a table; `--write` puts it into docs/benchmarks.md.
 * `--quick` takes fewer rounds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBackend } from './backends.mjs';
import { scenarios } from './scenarios.mjs';
import { startChild } from './processes.mjs';
import { writeReport } from './report.mjs';

const here = import.meta.dirname;
const known = ['--quick', '--write', ...Object.keys(scenarios).map(name => `--only=${name}`)];
const options = process.argv.slice(2);
const unknown = options.find(option => !known.includes(option));
if (unknown) {
  console.error(`Unknown option ${unknown}: choose from ${known.join(', ')}.`);
  process.exit(2);
}
if (options.includes('--write') && options.length > 1) {
  console.error('--write takes no other option: the table shows every scenario, with all rounds.');
  process.exit(2);
}

const quick = options.includes('--quick');
const only = options.filter(option => option.startsWith('--only=')).map(option => option.slice(7));
const folder = await mkdtemp(path.join(tmpdir(), 'tenant-portal-bench-'));
const standIn = await startChild(path.join(here, 'standIn.mjs'));
const proxy = await startChild(path.join(here, 'proxy.mjs'));
const { ports } = await proxy.ask({ start: standIn.first.ports });

const bench = {
  quick,
  standIn,
  proxy,
  ports,
  folder,
  /** Starts a backend against all Applications in one instance; `instances: 3` spreads them over three. */
  start: (name, { instances = 1, caller } = {}) => {
    const argocd = instances === 1 ? [ports.argocd] : [ports.argocd0, ports.argocd1, ports.argocd2];
    return startBackend(name, { ...ports, argocd }, { folder, caller });
  },
  fill: (count, pods) => standIn.ask({ fill: count, pods }),
  latency: latencyMs => proxy.ask({ set: { latencyMs } }),
  /** Requests and bytes of each upstream since the last reset. */
  counts: async ({ reset = false } = {}) => (await proxy.ask({ reset })).counts,
  hang: name => proxy.ask({ set: { hang: name } }),
};

const rows = [];
try {
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (only.length > 0 && !only.includes(name)) continue;
    console.log(`\n== ${name} ==`);
    await bench.latency(0);
    await bench.hang(false);
    for (const row of await scenario(bench)) {
      rows.push(row);
      console.log(
        `${row.holds === undefined ? '  ' : row.holds ? 'ok' : 'NO'}  ${row.what}: ${
          row.result
        }   [goal: ${row.goal}]`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (options.includes('--write')) await writeReport(rows);
const missed = rows.filter(({ holds }) => holds === false);
console.log(`\n${rows.length - missed.length} of ${rows.length} goals reached`);
process.exit(missed.length > 0 ? 1 : 0);
