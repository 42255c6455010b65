import type { ChangeKind } from '@internal/plugin-tenant-releases-common';

const examples: Readonly<Record<ChangeKind, readonly string[]>> = {
  promote: [
    '--version sha-1a2b3c4 --ring 0 --dry-run',
    '--next --ring 1 --open-pr --repository acme/platform',
  ],
  rollback: ['--version sha-0f0f0f0 --tenant tenant-a --reason "error rate"'],
  hold: ['--tenant tenant-a --reason "trade fair until Friday"'],
  'release-hold': ['--tenant tenant-a'],
  'mark-bad': ['--version sha-1a2b3c4 --reason "loses orders"'],
  'clear-bad': ['--version sha-1a2b3c4'],
  freeze: [
    '--tier premium --until 2027-01-02T08:00:00Z --reason "end of year"',
    '--from 2026-12-24T18:00:00 --until 2027-01-02T08:00:00 --time-zone Europe/Berlin --reason "end of year"',
  ],
  unfreeze: ['--tenant tenant-a'],
  set: ['--tenant tenant-a --set tier=premium --set ring=2'],
};

const about: Readonly<Partial<Record<ChangeKind, string>>> = {
  promote: `
A tenant is left out, with the reason, that has the version already, is held, or is frozen. A bad version is for nobody.`,
  rollback: `
A freeze does not stop a roll-back, a bad version does. The hold of a tenant that is held moves along.`,
  freeze: `
Tenants that meet all choices are written into the policy as a list; without a choice it is for everybody. An instant without an
offset is the time that clocks show in --time-zone.`,
  unfreeze: `
Who is frozen with a tier, a ring or everybody is so until that freeze ends for all of them.`,
};

/** What stands below the options of a change's `--help`. */
export function changeHelp(kind: ChangeKind): string {
  const calls = examples[kind].map(call => `  gitops ${kind} ${call}`).join('\n');
  return `${about[kind] ?? ''}
With --open-pr the change becomes one pull request a ring, of one commit and one push; the same request again finds it. With
--output json: { pullRequests, files, tenants, leftOut }, or { error } with a code.

Exit codes: 0 done, 1 refused, 2 usage error.

Examples:
${calls}`;
}
