import path from 'node:path';
import { parseOptions, resolveConfigFiles } from './commands/arguments';
import { CommandError } from './commands/commandError';
import { releaseCommand } from './commands/release';
import { resetCommand } from './commands/reset';
import { statusCommand } from './commands/status';
import { tokenCommand } from './commands/token';
import { serverNames } from './settings';
import { changeServer } from './supervisor/controlClient';
import { locateSettings } from './supervisor/locateSettings';
import { serve } from './supervisor/serve';
import { ProcessName } from './supervisor/servers';
import { up } from './supervisor/up';

const usage = `Usage: npm run sandbox -- <command>
  status [--output json]     what runs, where, and with which tools
  stop <server>              forge, argocd, kubernetes, prometheus, loki, grafana or oidc
  start <server>
  release [--bad] [--version sha-1a2b3c4] [--tenant <name>] [--ring <number>] [--message <text>]
                             a new version of demo-api and the pull request that brings it to the tenants
  token <user>               a Backstage token of ada, otto, berta or dev, got through the sign-in
  reset                      empties the state, while nothing runs`;

/** This program is packages/sandbox/dist/main.cjs. */
const bundleDir = path.dirname(path.resolve(process.argv[1]));
const repositoryRoot = path.resolve(bundleDir, '../../..');
const callerDirectory = process.env.INIT_CWD ?? process.cwd();

// Whoever read the output may have gone; that is no reason to leave servers behind.
process.stdout.on('error', () => {});

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function run([command, ...args]: string[]): Promise<void> {
  if (command === 'serve') {
    await serve(oneArgument(args, 'the server') as ProcessName);
    return;
  }
  const settings = await locateSettings(repositoryRoot);
  const { stateDir } = settings;
  switch (command) {
    case 'up': {
      const { values } = parseOptions(args, {
        config: { type: 'string', multiple: true, default: [] },
        dev: { type: 'boolean', default: false },
        example: { type: 'string' },
      });
      const extraConfig = resolveConfigFiles(values.config, callerDirectory);
      const { dev, example } = values;
      await up({ repositoryRoot, bundleDir, extraConfig, dev, example, print });
      return;
    }
    case 'status':
      await statusCommand(settings, args, print);
      return;
    case 'start':
    case 'stop': {
      const name = oneArgument(args, `the server to ${command}`);
      await changeServer(stateDir, command, name);
      print(`${name} is ${command === 'stop' ? 'stopped' : 'ready'}.`);
      return;
    }
    case 'reset':
      parseOptions(args, {});
      await resetCommand(stateDir, print);
      return;
    case 'release':
      await releaseCommand(settings, args, print);
      return;
    case 'token':
      await tokenCommand(stateDir, parseOptions(args, {}, 1).positionals[0], print);
      return;
    default:
      throw new CommandError(command ? `There is no command ${command}.\n${usage}` : usage, 2);
  }
}

function oneArgument(args: string[], what: string): string {
  const name = parseOptions(args, {}, 1).positionals[0];
  if (!name) throw new CommandError(`Name ${what}: ${serverNames.join(', ')}.`, 2);
  return name;
}

run(process.argv.slice(2)).then(
  () => {
    // A server goes on until it is told to end; every other command is done.
    if (process.argv[2] !== 'serve') process.exit(0);
  },
  error => {
    const expected = error instanceof CommandError;
    process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`);
    process.exit(expected ? error.exitCode : 1);
  },
);
