/**
 * Tests against real servers, whose addresses the environment names. `npm run test:conformance`; the last line is the total.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countTap, settle, totalLine } from './lib/counts.mjs';
import { handOver } from './lib/launch.mjs';
import { say } from './lib/output.mjs';
import { root } from './lib/paths.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';

/** Variable, and what it is. */
const wanted = {
  KUBECONFIG:
    'a file with the credentials of a cluster administrator, of a cluster that the tests may fill and empty',
  ARGOCD_SERVER:
    'Argo CD of that cluster, for example 127.0.0.1:8080; it has to be able to read file:// URLs of this machine',
  ARGOCD_TOKEN: 'a token of an Argo CD account that may read Applications',
};
const programs = {
  kubectl: ['version', '--client'],
  helm: ['version'],
  git: ['--version'],
};

/** Everything that is not there, as sentences. */
function whatIsMissing() {
  return [
    ...Object.entries(wanted)
      .filter(([name]) => !process.env[name])
      .map(([name, what]) => `${name} is not set: ${what}.`),
    ...Object.entries(programs)
      .filter(([name, args]) => spawnSync(name, args, { stdio: 'ignore' }).error)
      .map(([name]) => `${name} is not on the PATH.`),
  ];
}

async function main() {
  const missing = whatIsMissing();
  if (missing.length > 0) {
    say('The conformance tests need real servers:');
    for (const line of missing) say(`  ${line}`);
    say('0 passed, 1 failed');
    return 1;
  }
  const reports = await mkdtemp(path.join(tmpdir(), 'conformance-report-'));
  const tap = path.join(reports, 'report.tap');
  const reporters = ['spec', 'tap'].map(name => `--test-reporter=${name}`);
  const places = ['stdout', tap].map(place => `--test-reporter-destination=${place}`);
  const args = [
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
    '--test',
    ...process.argv.slice(2),
    '--test-concurrency=1',
    ...reporters,
    ...places,
    'conformance/*/*.test.ts',
  ];
  const code = await handOver(process.execPath, args, { cwd: root, env: process.env });
  const result = settle(countTap(await readFile(tap, 'utf8').catch(() => undefined)), code);
  await rm(reports, { recursive: true, force: true });
  say(totalLine([result]));
  return result.failed > 0 ? 1 : 0;
}

endChildrenOnSignal();
process.exitCode = await main();
