import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import {
  CheckoutError,
  HelmError,
  PushFault,
  digestPattern,
  shorten,
  splitTag,
  tagProblem,
  versionPattern,
  GitError,
  GitFault,
  GithubError,
  TreeError,
} from '@internal/gitops';
import { blastCommand, type BlastCommandOptions } from './blastCommand';
import { renderCommand, type RenderCommandOptions } from './renderCommand';
import { bumpCommand, type BumpCommandOptions } from './bumpCommand';
import { describeChanges } from './changePrograms';
import { checkCommand, type CheckCommandOptions } from './checkCommand';
import { exitCodes, outputFormats, type Context } from './context';
import { doctorCommand, type DoctorCommandOptions } from './doctorCommand';
import { help } from './help';
import { initCommand, type InitCommandOptions } from './initCommand';
import { onboardCommand, type OnboardCommandOptions } from './onboardCommand';
import { withPulls } from './pullOptions';
import { withRegistryOptions } from './registryOptions';
import { UsageError } from './usageError';

/**
 * Runs the program.
 *
 * @param args - without the program's name
 * @returns the exit code: 0 done, 1 refused, 2 usage error
 */
export async function run(args: readonly string[], context: Context): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = describeProgram(context, code => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof UsageError) {
      context.warn(`gitops: ${error.message}`);
      return exitCodes.usage;
    }
    if (
      [CheckoutError, GithubError, GitError, GitFault, PushFault, HelmError, TreeError].some(
        known => error instanceof known,
      )
    ) {
      context.warn(`gitops: ${(error as Error).message}`);
      return exitCodes.refused;
    }
    throw error;
  }
}

function describeProgram(context: Context, exit: (code: number) => void): Command {
  const program = new Command('gitops')
    .description(
      'Checks and changes a GitOps tree of tenants, as the workflows and the portal do it.',
    )
    .addHelpText('after', help.program)
    .exitOverride()
    .configureOutput({
      writeOut: context.write,
      writeErr: text => context.warn(text.trimEnd()),
      // It repeats what was given, which must not begin a line: a runner takes "::" there for a command.
      outputError: (text, write) => write(shorten(text, 400)),
    })
    .showHelpAfterError('(see --help)');
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option(
        '--dir <tree>',
        'a checkout of the GitOps repository (default: the current folder, or the nearest above it)',
      )
      .addOption(
        repeatable(
          '--config <file>',
          "the portal's configuration, which says where tenant files are (repeatable; default: app-config.yaml of the tree)",
        ).argParser((file: string, all: string[]) => [...all, file]),
      )
      .option('--values-path <pattern>', 'path of tenant files, with {tenant} and *')
      .option('--policy-path <path>', 'path of the file with bad versions, freezes and rings')
      .allowExcessArguments(false);
  withRegistryOptions(
    command('check', 'refuses a tree that must not be deployed, naming file, line, key and cure'),
  )
    .option('--base <ref>', 'what the tree is compared with: frozen tenants must not change')
    .option('--render', 'insist on rendering with helm; without --base: every tenant')
    .option('--no-render', 'do not render')
    .option('--layouts <file>', 'JSON or YAML with layouts: [...]: the repository is laid out so')
    .addOption(repositoryAddress())
    .option('--helm <path>', 'the helm to use (default: the first on the PATH)')
    .option('--at <instant>', 'judge freezes for this moment (RFC 3339; default: now)')
    .addOption(output(...outputFormats, 'markdown'))
    .addHelpText('after', help.check)
    .action(async (options: CheckCommandOptions) => exit(await checkCommand(context, options)));
  withRegistryOptions(
    withPulls(
      command(
        'bump',
        'moves tenants to a version: one line in each tenant file, or one pull request a ring',
      ),
    ),
  )
    .requiredOption('--service <name>', 'the service, for example demo-api', service)
    .requiredOption('--version <tag>', 'the image tag, for example sha-1a2b3c4', version)
    .addOption(repeatable('--ring <number>', 'only this ring (repeatable)').argParser(ring))
    .addOption(
      repeatable('--tenant <name>', 'only this tenant (repeatable)').argParser(
        (name: string, all: string[]) => [...all, name],
      ),
    )
    .option('--layouts <file>', 'JSON or YAML with layouts: [...]: the repository is laid out so')
    .option('--environment <name>', 'with --layouts: only this environment')
    .option('--cluster <name>', 'with --layouts: only this cluster')
    .option('--helm <path>', 'with --layouts: the helm to use (default: the first on the PATH)')
    .option('--in-order', 'leave a ring alone until every earlier ring has the version')
    .option(
      '--hold <reason>',
      'hold the tenants at the version too: a roll-back (with --by and --tenant)',
    )
    .option('--by <reference>', 'who holds them, for example user:default/ada')
    .option('--at <instant>', 'judge freezes for this moment (RFC 3339; default: now)')
    .addOption(output(...outputFormats, 'markdown'))
    .addHelpText('after', help.bump)
    .action(async (options: BumpCommandOptions) => exit(await bumpCommand(context, options)));
  describeChanges(command, context, exit);
  command(
    'blast-radius',
    'says whom a change reaches: tenants, tiers, rings, owners; who is frozen or held',
  )
    .requiredOption(
      '--base <ref>',
      'what the change is compared with, from where the histories part',
    )
    .option('--head <ref>', 'the change (default: the files on disk)')
    .option('--layouts <file>', 'JSON or YAML with layouts: [...]: the repository is laid out so')
    .option('--helm <path>', 'with --layouts: the helm to use (default: the first on the PATH)')
    .addOption(repositoryAddress())
    .option('--at <instant>', 'judge freezes for this moment (RFC 3339; default: now)')
    .addOption(output(...outputFormats, 'markdown'))
    .addHelpText('after', help.blastRadius)
    .action(async (options: BlastCommandOptions) => exit(await blastCommand(context, options)));
  command('render', 'prints what Argo CD would apply for a tenant, as YAML')
    .argument('[tenant]', 'name of the tenant')
    .option('--tenant <name>', 'the same')
    .option('--layouts <file>', 'JSON or YAML with layouts: [...]: the repository is laid out so')
    .option('--service <name>', 'with --layouts: only this service')
    .option('--environment <name>', 'with --layouts: only this environment')
    .option('--cluster <name>', 'with --layouts: only this cluster')
    .addOption(repositoryAddress())
    .option(
      '--argocd-file <file>',
      'with --layouts: a list answer of Argo CD, as "argocd app list -o json" prints it',
    )
    .option('--helm <path>', 'the helm to use (default: the first on the PATH)')
    .option(
      '--kubectl <path>',
      'with --layouts: the kubectl to use (default: the first on the PATH)',
    )
    .addHelpText('after', help.render)
    .action(async (tenant: string | undefined, options: RenderCommandOptions) =>
      exit(await renderCommand(context, tenant, options)),
    );
  withPulls(
    program
      .command('onboard')
      .description(
        'adds a tenant to a repository of any layout: its files and entries, or a pull request',
      )
      .option('--dir <folder>', 'a checkout of any GitOps repository (default: the current folder)')
      .allowExcessArguments(false),
  )
    .requiredOption(
      '--layouts <file>',
      'JSON or YAML with layouts: [...]: the repository is laid out so',
    )
    .requiredOption('--tenant <name>', 'the id of the new tenant')
    .requiredOption('--service <name>', 'the service, for example demo-api', service)
    .requiredOption('--version <tag>', 'the image tag, for example sha-1a2b3c4', version)
    .option('--environment <name>', 'the environment (default: each that the model has)')
    .option('--cluster <name>', 'the cluster (default: each that the model has)')
    .option(
      '--from <tenant>',
      'the tenant that it is a copy of (default: as layouts[].onboarding says)',
    )
    .addOption(
      repeatable(
        '--set <name=value>',
        'a fact, or another value of skeletons (repeatable)',
      ).argParser((text: string, all: string[]) => [...all, text]),
    )
    .option('--helm <path>', 'the helm to use (default: the first on the PATH)')
    .addOption(output('human', 'json'))
    .addHelpText('after', help.onboard)
    .action(async (options: OnboardCommandOptions) => exit(await onboardCommand(context, options)));
  const repository = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--dir <folder>', 'a checkout of any GitOps repository (default: the current folder)')
      .option(
        '--argocd-file <file>',
        'a list answer of Argo CD, as "argocd app list -o json" prints it',
      )
      .option('--helm <path>', 'the helm to use (default: the first on the PATH)')
      .addOption(repositoryAddress())
      .addOption(output('human', 'json'))
      .allowExcessArguments(false);
  repository('init', 'looks at a repository and proposes the layouts of its configuration')
    .addHelpText('after', help.init)
    .action(async (options: InitCommandOptions) => exit(await initCommand(context, options)));
  repository(
    'doctor',
    'says which releases the layouts of a repository match, and what not and why',
  )
    .option('--layouts <file>', 'JSON or YAML with layouts: [...] (default: what init proposes)')
    .addHelpText('after', help.doctor)
    .action(async (options: DoctorCommandOptions) => exit(await doctorCommand(context, options)));
  return program;
}

/** An address by which Argo CD knows the repository. */
function repositoryAddress(): Option {
  return repeatable(
    '--repository <address>',
    'an address by which Argo CD knows the repository (repeatable; default: origin)',
  ).argParser((address: string, all: string[]) => [...all, address]);
}

function output(...formats: string[]): Option {
  return new Option('--output <format>', 'how results are written')
    .choices(formats)
    .default('human');
}

/** An option that may be given several times. */
function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).default([], 'all');
}

function service(text: string): string {
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(text)) {
    throw new InvalidArgumentError('It must be the name of a service such as demo-api.');
  }
  return text;
}

function version(text: string): string {
  // With layouts, an image may be pinned: by a digest, or beside a tag.
  const { tag, digest } = splitTag(text);
  const isPinned =
    digestPattern.test(text) ||
    (digest !== undefined && digestPattern.test(digest) && versionPattern.test(tag));
  if (!versionPattern.test(text) && !isPinned) {
    const wrong = text.includes('+') ? tagProblem(text) : undefined;
    throw new InvalidArgumentError(
      wrong
        ? `It ${wrong.problem}: ${wrong.cure}.`
        : 'It must be an immutable image tag such as sha-1a2b3c4, not latest.',
    );
  }
  return text;
}

function ring(text: string, all: number[]): number[] {
  if (!/^[0-9]$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 0 to 9.');
  return [...all, Number(text)];
}
