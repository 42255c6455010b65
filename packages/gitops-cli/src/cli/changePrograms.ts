import { Option, type Command } from 'commander';
import type { ChangeKind } from '@internal/plugin-tenant-releases-common';
import { changeCommand, type ChangeCommandOptions } from './changeCommand';
import { addChangeFlags } from './changeFlags';
import type { Context } from './context';
import { changeHelp } from './changeHelp';
import { withPulls } from './pullOptions';

/** What each kind of change does, for `gitops --help`. */
const descriptions: Readonly<Record<ChangeKind, string>> = {
  promote: 'moves tenants to a version, or each ring to what the ring before runs',
  rollback: 'moves tenants back to a version and holds them there',
  hold: 'keeps tenants on the version that they have',
  'release-hold': 'ends the holds of tenants, so that bumps move them again',
  'mark-bad': 'puts a version on the list of those that no tenant is moved to',
  'clear-bad': 'takes a version from that list',
  freeze: 'closes a window in which no version of a tenant changes',
  unfreeze: 'ends the freezes of tenants',
  set: 'sets tier, ring, owner, contact or display name of tenants',
};

/** Kinds that repositories of other layouts have too. */
const otherLayouts = new Set<ChangeKind>(['promote', 'rollback', 'hold', 'release-hold']);

/**
 * Adds a command for every kind of change.
 *
 * @param tree - makes a command that looks at our own tree
 */
export function describeChanges(
  tree: (name: string, description: string) => Command,
  context: Context,
  exit: (code: number) => void,
): void {
  for (const [kind, description] of Object.entries(descriptions) as Array<[ChangeKind, string]>) {
    const command = addChangeFlags(tree(kind, description), kind).option(
      '--by <reference>',
      'who asks (default: user:default/ and who the commit is from)',
    );
    if (kind === 'promote') {
      command.option('--in-order', 'leave a ring alone until every earlier ring has the version');
    }
    if (otherLayouts.has(kind)) {
      command
        .option(
          '--layouts <file>',
          'JSON or YAML with layouts: [...]: the repository is laid out so',
        )
        .option(
          '--helm <path>',
          'with --layouts: the helm to use (default: the first on the PATH)',
        );
    }
    withPulls(command)
      .option('--at <instant>', 'judge freezes for this moment (RFC 3339; default: now)')
      .addOption(
        new Option('--output <format>', 'how results are written')
          .choices(['human', 'json'])
          .default('human'),
      )
      .addHelpText('after', changeHelp(kind))
      .action(async (options: ChangeCommandOptions) =>
        exit(await changeCommand(context, kind, options)),
      );
  }
}
