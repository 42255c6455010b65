/**
 * The contract with the servers that the portal reads, tried on the embedded platform and on real servers, and the tenant
 * platform on real servers. The environment names the real ones; what is skipped without them is said.
 *
 *     npm run test:conformance -- [--only=contract,platform,layouts,portal,telemetry] [arguments of node --test]
 *
 * The last line is the total.
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
const variables = {
  KUBECONFIG:
    'a file with the credentials of a cluster administrator, of a cluster that the tests may fill and empty',
  ARGOCD_SERVER:
    'Argo CD of that cluster, for example 127.0.0.1:8080; it has to be able to read file:// URLs of this machine',
  ARGOCD_TOKEN: 'a token of an Argo CD account that may read Applications',
  ARGOCD_APPLICATION_NAMESPACES:
    'what Argo CD was started with; contract-* lets the tests put Applications into namespaces of their own',
  PROMETHEUS_URL: 'a Prometheus, for example http://127.0.0.1:9090',
  LOKI_URL: 'a Loki that knows tenants, for example http://127.0.0.1:3100',
};
const argocd = ['KUBECONFIG', 'ARGOCD_SERVER', 'ARGOCD_TOKEN'];
const versionOf = {
  kubectl: ['version', '--client'],
  helm: ['version'],
  git: ['--version'],
};

/** A folder below conformance/, and what it cannot do without. */
const parts = {
  contract: { variables: [], programs: ['git'] },
  platform: { variables: argocd, programs: ['kubectl', 'helm', 'git'] },
  layouts: { variables: argocd, programs: ['kubectl', 'helm', 'git'] },
  portal: { variables: ['KUBECONFIG'], programs: ['kubectl'] },
  telemetry: { variables: ['PROMETHEUS_URL', 'LOKI_URL'], programs: [] },
};

/** Of the contract, what is tried on which real server. The rest of it needs none. */
const realServers = {
  Kubernetes: ['KUBECONFIG'],
  'Argo CD': argocd,
  Prometheus: ['PROMETHEUS_URL'],
  Loki: ['LOKI_URL'],
};

const unset = names => names.filter(name => !process.env[name]);

/** What a part lacks, as phrases. */
function lacking(name) {
  const part = parts[name];
  const absent = part.programs.filter(
    program => spawnSync(program, versionOf[program], { stdio: 'ignore' }).error,
  );
  return [
    ...unset(part.variables).map(variable => `${variable} is not set`),
    ...absent.map(program => `${program} is not on the PATH`),
  ];
}

/** The parts that are asked for, and what else stands on the command line. */
function selection(args) {
  const only = args.filter(arg => arg.startsWith('--only='));
  const names = only.flatMap(arg => arg.slice('--only='.length).split(',')).filter(Boolean);
  const unknown = names.filter(name => !Object.hasOwn(parts, name));
  return {
    names: names.length > 0 ? [...new Set(names)] : Object.keys(parts),
    unknown,
    rest: args.filter(arg => !only.includes(arg)),
  };
}

/** What is not tried, a line each. */
function skippedLines(names) {
  const lines = names.flatMap(name => {
    const reasons = lacking(name);
    return reasons.length > 0 ? [`${name}: ${reasons.join(', ')}`] : [];
  });
  if (!names.includes('contract')) return lines;
  for (const [server, needed] of Object.entries(realServers)) {
    const missing = unset(needed);
    if (missing.length > 0) {
      lines.push(`the contract with a real ${server}: ${missing.join(', ')} is not set`);
    }
  }
  const namespaces = 'ARGOCD_APPLICATION_NAMESPACES';
  if (unset(argocd).length === 0 && unset([namespaces]).length > 0) {
    lines.push(`Applications outside of a real Argo CD's own namespace: ${namespaces} is not set`);
  }
  return lines;
}

function saySkipped(lines) {
  if (lines.length === 0) return;
  say('Skipped:');
  for (const line of lines) say(`  ${line}`);
  const missing = unset(Object.keys(variables)).filter(name =>
    lines.some(line => line.includes(name)),
  );
  for (const name of missing) say(`  (${name}: ${variables[name]})`);
}

async function runTests(names, rest) {
  const reports = await mkdtemp(path.join(tmpdir(), 'conformance-report-'));
  const tap = path.join(reports, 'report.tap');
  const reporters = ['spec', 'tap'].map(name => `--test-reporter=${name}`);
  const places = ['stdout', tap].map(place => `--test-reporter-destination=${place}`);
  const args = [
    '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
    '--test',
    ...rest,
    '--test-concurrency=1',
    ...reporters,
    ...places,
    ...names.map(name => `conformance/${name}/*.test.ts`),
  ];
  const code = await handOver(process.execPath, args, { cwd: root, env: process.env });
  const result = settle(countTap(await readFile(tap, 'utf8').catch(() => undefined)), code);
  await rm(reports, { recursive: true, force: true });
  return result;
}

async function main() {
  const { names, unknown, rest } = selection(process.argv.slice(2));
  if (unknown.length > 0) {
    say(`--only takes ${Object.keys(parts).join(', ')}, not ${unknown.join(', ')}.`);
    return 2;
  }
  // Either of the two servers is enough for the part that is about both.
  const isPossible = name =>
    name === 'telemetry' ? lacking(name).length < 2 : lacking(name).length === 0;
  const possible = names.filter(isPossible);
  const skipped = skippedLines(names);
  const result = possible.length > 0 ? await runTests(possible, rest) : { passed: 0, failed: 1 };
  saySkipped(skipped);
  say(totalLine([result]));
  return result.failed > 0 ? 1 : 0;
}

endChildrenOnSignal();
process.exitCode = await main();
