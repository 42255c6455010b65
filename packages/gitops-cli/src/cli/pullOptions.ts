import { Option, type Command } from 'commander';

/** Adds the options of a command that can open pull requests. */
export function withPulls(command: Command): Command {
  return command
    .option('--dry-run', 'say what would be done, and write nothing')
    .option(
      '--open-pr',
      'open or update pull requests instead of changing files (needs GITHUB_TOKEN)',
    )
    .option(
      '--repository <owner/name>',
      'where pull requests are opened (default: GITHUB_REPOSITORY)',
    )
    .option('--base <branch>', 'the branch that pull requests go to', 'main')
    .option(
      '--signing-key <key>',
      'the key that commits are signed with (default: GITOPS_SIGNING_KEY)',
    )
    .addOption(
      new Option(
        '--signing-format <format>',
        'what kind of key that is (default: GITOPS_SIGNING_FORMAT, else ssh)',
      ).choices(['ssh', 'openpgp']),
    );
}
