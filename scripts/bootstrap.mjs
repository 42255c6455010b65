/**
 * Entry point of the npm scripts: sets up what is missing, then runs the command. Needs nothing but Node >= 20, npm and
 * git; what follows the set-up runs under the Node that it brought.
 *
 *     node scripts/bootstrap.mjs <start|dev|sandbox|test|e2e|conformance|mutation|robustness|bench> [arguments]
 */
import path from 'node:path';
import { isInstalled } from './lib/install.mjs';
import { endWithNpm, handOver } from './lib/launch.mjs';
import { CureError, keepOutputClean, say, warn } from './lib/output.mjs';
import { exists, root } from './lib/paths.mjs';
import { checkPorts, portsFrom } from './lib/ports.mjs';
import { checkHost } from './lib/prerequisites.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';
import { runningPortal } from './lib/running.mjs';
import { setUp } from './lib/setUp.mjs';
import { checkStartArguments } from './lib/startArguments.mjs';

const sandboxMain = path.join(root, 'packages', 'sandbox', 'dist', 'main.cjs');
const gitopsMain = path.join(root, 'packages', 'gitops-cli', 'dist', 'main.cjs');
const callerDirectory = process.env.INIT_CWD ?? process.cwd();

/** Each command answers the exit code. */
const commands = {
  start: args => up(args, { build: ['demo-api', 'sandbox', 'app'] }),
  dev: args => up(args, { build: ['demo-api', 'sandbox'], flags: ['--dev'], frontend: 3000 }),
  sandbox,
  gitops,
  test,
  e2e: args => script('e2e.mjs', args, ['demo-api', 'sandbox', 'app']),
  platform: args => script('platform.mjs', args, []),
  conformance: args => script('conformance.mjs', args, []),
  mutation: args => script('mutation.mjs', args, []),
  robustness: args => script('robustness.mjs', args, []),
  bench: args => script('../bench/src/run.mjs', args, []),
};

async function up(args, { build, flags = [], ...furtherPorts }) {
  await checkStartArguments(args, callerDirectory);
  const ports = { ...portsFrom(process.env), ...furtherPorts };
  const running = await runningPortal();
  if (running) {
    throw new CureError(
      `This checkout runs already (process ${running.pid}): end that npm start first, or see npm run sandbox -- status.`,
    );
  }
  await checkPorts(ports);
  const { runtime, environment } = await setUp({ build });
  // The first set-up takes minutes, in which somebody may have taken a port.
  await checkPorts(ports);
  return runSandbox(runtime, environment, ['up', ...flags, ...args]);
}

async function sandbox(args) {
  keepOutputClean();
  if (!(await isInstalled()) && !(await exists(sandboxMain))) {
    say(args[0] === 'reset' ? 'Nothing to reset.' : 'Nothing runs here yet: npm start starts it.');
    return args[0] === 'reset' ? 0 : 1;
  }
  const { runtime, environment } = await setUp({ build: ['sandbox'] });
  return runSandbox(runtime, environment, args);
}

function runSandbox(runtime, environment, args) {
  return handOver(runtime.node, [sandboxMain, ...args], {
    cwd: root,
    env: { ...environment, INIT_CWD: callerDirectory },
  });
}

/** Runs where it is called, on whichever GitOps tree is there. */
async function gitops(args) {
  keepOutputClean();
  const { runtime, environment } = await setUp({ build: ['gitops-cli'] });
  return handOver(runtime.node, [gitopsMain, ...args], { cwd: callerDirectory, env: environment });
}

/** The last line of a test run is its total, also when it did not come to a test. */
async function test(args) {
  try {
    return await script('test.mjs', args, ['demo-api', 'sandbox', 'gitops-cli']);
  } catch (error) {
    warn(error instanceof CureError ? error.message : error.stack);
    say('0 passed, 1 failed');
    return 1;
  }
}

async function script(name, args, build) {
  const { runtime, environment } = await setUp({ build });
  const env = { ...environment, TENANT_PORTAL_YARN: runtime.yarn };
  return handOver(runtime.node, [path.join(root, 'scripts', name), ...args], { cwd: root, env });
}

async function main([name, ...args]) {
  checkHost();
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!command) {
    warn(`Usage: node scripts/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`);
    return 2;
  }
  endChildrenOnSignal();
  endWithNpm();
  return command(args);
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    process.exit(1);
  },
);
