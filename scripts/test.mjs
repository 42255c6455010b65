/**
 * Every check of the repository, with a total as the last line. Run by `npm test`, which has set up the packages;
 * `npm test -- types unit` runs some of them.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { runE2e } from './e2e.mjs';
import { buildStale } from './lib/builds.mjs';
import { countJest, countTap, settle, totalLine } from './lib/counts.mjs';
import { handOver } from './lib/launch.mjs';
import { CureError, say, warn } from './lib/output.mjs';
import { root } from './lib/paths.mjs';
import { runPlatform } from './lib/platform/runPlatform.mjs';
import { endChildrenOnSignal, run } from './lib/processes.mjs';
import { runInGroups } from './lib/testGroups.mjs';

const runtime = { node: process.execPath, yarn: process.env.TENANT_PORTAL_YARN };
const environment = { ...process.env, CI: 'true', NODE_ENV: 'test', FORCE_COLOR: '0' };

const gibibyte = 2 ** 30;
/** More than there are cores: half of the time goes by in tests that wait, for other processes or for time to pass. */
const unitWorkers = Math.max(
  2,
  Math.min(6, availableParallelism() + 2, Math.floor(totalmem() / (2.5 * gibibyte))),
);

/**
 * Each check runs and answers how many tests passed and failed. `reports` is a folder for the runners' reports; `print` takes
 * the lines of a check that does not run alone, whose output would mix with the others'.
 */
const checks = {
  types: async ({ print }) => {
    const workspace = await once(['tsc', '--incremental', 'false'], print);
    const browser = await once(['tsc', '--project', 'e2e'], print);
    const conformance = await once(['tsc', '--project', 'conformance'], print);
    const sum = key => workspace[key] + browser[key] + conformance[key];
    return { passed: sum('passed'), failed: sum('failed') };
  },
  lint: ({ print }) => once(['backstage-cli', 'repo', 'lint', '--max-warnings', '0'], print),
  format: ({ print }) => once(['prettier', '--check', '--loglevel', 'warn', '.'], print),
  scripts: async ({ reports, print }) => {
    const tap = path.join(reports, 'scripts.tap');
    const code = await node(['--test', ...reporters(tap), 'scripts/**/*.test.mjs'], print);
    return settle(countTap(await report(tap)), code);
  },
  unit: async ({ reports, print }) => {
    const json = path.join(reports, 'jest.json');
    const workers = [`--maxWorkers=${unitWorkers}`, '--workerIdleMemoryLimit=1.5GB'];
    const args = [...workers, '--json', `--outputFile=${json}`];
    const code = await yarn(['backstage-cli', 'repo', 'test', ...args], print);
    return settle(countJest(await report(json)), code);
  },
  // The tools that are there or quickly brought; npm run test:platform brings all of them. The unit tests bring promtool.
  platform: ({ print }) => runPlatform({ bring: 'quick', print }),
  browser: async ({ reports }) => {
    const tap = part => path.join(reports, `browser-${part}.tap`);
    // Both say what is missing before the suite fails in many places for the one reason.
    await findBrowser();
    await buildStale(['demo-api', 'sandbox', 'app'], runtime, process.env);
    const total = { passed: 0, failed: 0 };
    for (const { part, code } of await runE2e(part => reporters(tap(part)))) {
      const { passed, failed } = settle(countTap(await report(tap(part))), code);
      total.passed += passed;
      total.failed += failed;
    }
    return total;
  },
};

/**
 * Checks of one group run at the same time, one group after the other. The platform's come after the unit tests, which bring
 * promtool.
 */
const groups = [['types', 'lint', 'format'], ['unit'], ['scripts', 'platform'], ['browser']];

/** For people on standard output, for the total in a file. */
function reporters(file) {
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${file}`,
  ];
}

/** A check without tests of its own counts as one. */
async function once(args, print) {
  const passed = (await yarn(args, print)) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

function yarn(args, print) {
  return node([runtime.yarn, ...args], print);
}

/** Answers the exit code. */
async function node(args, print) {
  const options = { cwd: root, env: environment };
  if (!print) {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    return handOver(runtime.node, args, { ...options, stdio });
  }
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'];
  return (await run(runtime.node, args, { ...options, stdio, onLine: print })).code ?? 1;
}

/** The text of a report; undefined when the runner did not come to write it. */
async function report(file) {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function main(names) {
  const unknown = names.filter(name => !Object.hasOwn(checks, name));
  if (unknown.length > 0) {
    throw new CureError(
      `There is no check ${unknown[0]}: choose from ${Object.keys(checks).join(', ')}.`,
    );
  }
  const reports = await mkdtemp(path.join(tmpdir(), 'tenant-portal-test-'));
  const results = await runInGroups({ checks, groups, names, reports });
  await rm(reports, { recursive: true, force: true });
  say('');
  for (const { name, passed, failed, seconds } of results) {
    say(`${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  say(totalLine(results));
  return results.some(result => result.failed > 0) ? 1 : 0;
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
