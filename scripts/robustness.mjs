/**
 * Mutates what the portal reads, a million objects by default: fields that are missing, of another type, of other text, or
 * huge. No object may change another tenant's row, panel, entity or history, nor make an answer fail.
 *
 *     npm run test:robustness -- [--count <objects>] [--seed <number>]
 *
 * A failure comes back with the same seed and count. The last line is the total.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countJest, settle, totalLine } from './lib/counts.mjs';
import { handOver } from './lib/launch.mjs';
import { CureError, say, warn } from './lib/output.mjs';
import { root } from './lib/paths.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';
import { readArguments, shareOut } from './lib/robustness.mjs';

async function runSuite({ file, objects }, seed, reports) {
  const json = path.join(reports, `${file.replaceAll('/', '-')}.json`);
  const args = ['--watchAll=false', '--json', `--outputFile=${json}`];
  const code = await handOver(
    process.execPath,
    [process.env.TENANT_PORTAL_YARN, 'backstage-cli', 'repo', 'test', file, ...args],
    {
      cwd: root,
      env: {
        ...process.env,
        CI: 'true',
        NODE_ENV: 'test',
        FORCE_COLOR: '0',
        MUTATED_OBJECTS: String(objects),
        MUTATION_SEED: String(seed),
      },
      // The report is in the file; Jest writes it to standard output as well.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  return settle(countJest(await readFile(json, 'utf8').catch(() => undefined)), code);
}

async function main(args) {
  const { count, seed } = readArguments(args);
  const reports = await mkdtemp(path.join(tmpdir(), 'robustness-report-'));
  const results = [];
  for (const suite of shareOut(count)) {
    say(`\n== ${suite.title} ==`);
    const started = Date.now();
    const result = await runSuite(suite, seed, reports);
    results.push({ ...suite, ...result, seconds: Math.round((Date.now() - started) / 1000) });
  }
  await rm(reports, { recursive: true, force: true });
  say('');
  for (const { title, objects, passed, failed, seconds } of results) {
    say(`${title}: ${objects} mutated, ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  const objects = results.reduce((sum, result) => sum + result.objects, 0);
  say(`${objects} objects mutated from seed ${seed}`);
  say(totalLine(results));
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

endChildrenOnSignal();
main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    say('0 passed, 1 failed');
    process.exit(1);
  },
);
