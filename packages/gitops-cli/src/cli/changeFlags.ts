import { Option, type Command } from 'commander';
import {
  fieldsOfChange,
  type ChangeField,
  type ChangeKind,
} from '@internal/plugin-tenant-releases-common';
import { readChangeRequest, InvalidChange } from '@internal/gitops';
import { UsageError } from './usageError';

/** The fields of a change as flags give them. */
export interface ChangeFlags {
  service?: string;
  tenant?: string[];
  tier?: string[];
  ring?: string[];
  environment?: string[];
  version?: string;
  next?: boolean;
  reason?: string;
  from?: string;
  until?: string;
  timeZone?: string;
  set?: string[];
  /** `--no-hold` */
  hold?: boolean;
  onePullRequest?: boolean;
  dryRun?: boolean;
}

const list = (flags: string, description: string) =>
  new Option(flags, `${description} (repeatable, or with commas; default: all)`).argParser(
    (text: string, all: string[] = []) => [...all, ...text.split(',')],
  );

/** The flags of each field; those that no kind of change is without stand in `changePrograms.ts`. */
const flags: Readonly<Partial<Record<ChangeField, () => Option[]>>> = {
  service: () => [new Option('--service <name>', 'the service, where tenants run several')],
  tenants: () => [list('--tenants, --tenant <name>', 'only this tenant')],
  tiers: () => [list('--tiers, --tier <name>', 'only tenants of this tier')],
  rings: () => [list('--rings, --ring <number>', 'only tenants of this ring')],
  environments: () => [list('--environments, --environment <name>', 'only this environment')],
  version: () => [new Option('--version <tag>', 'the image tag, for example sha-1a2b3c4')],
  reason: () => [new Option('--reason <text>', 'why, for people: one line')],
  from: () => [new Option('--from <instant>', 'when it begins (RFC 3339; default: now)')],
  until: () => [new Option('--until <instant>', 'when it ends (RFC 3339), a year later at most')],
  timeZone: () => [
    new Option('--time-zone <name>', 'of instants without an offset, for example Europe/Berlin'),
  ],
  set: () => [
    new Option(
      '--set <fact=value>',
      'tier, ring, owner, contact or displayName (repeatable)',
    ).argParser((text: string, all: string[] = []) => [...all, text]),
  ],
  hold: () => [new Option('--no-hold', 'do not hold the tenants at the version')],
  onePullRequest: () => [
    new Option('--one-pull-request', 'one pull request for all rings, instead of one a ring'),
  ],
};

/** Adds the flags of a kind's fields to its command. */
export function addChangeFlags(command: Command, kind: ChangeKind): Command {
  const next = new Option('--next', 'the version that the ring before runs, ring by ring');
  const own = fieldsOfChange(kind).flatMap(field => flags[field]?.() ?? []);
  if (kind === 'promote') own.push(next.conflicts('version'));
  own.forEach(option => command.addOption(option));
  return command;
}

/** What the flags ask for. @throws UsageError which names the flag */
export function requestOf(kind: ChangeKind, given: ChangeFlags) {
  const request = {
    kind,
    service: given.service,
    tenants: given.tenant,
    tiers: given.tier,
    rings: given.ring?.map(numberOr),
    environments: given.environment,
    version: given.next ? { next: true } : given.version,
    reason: given.reason,
    from: given.from,
    until: given.until,
    timeZone: given.timeZone,
    set: given.set && Object.fromEntries(given.set.map(factOf)),
    // What commander says of a flag that is not given is that it is on.
    hold: given.hold === false ? false : undefined,
    onePullRequest: given.onePullRequest,
    dryRun: given.dryRun,
  };
  try {
    return readChangeRequest(JSON.parse(JSON.stringify(request)));
  } catch (error) {
    if (error instanceof InvalidChange) throw new UsageError(error.message);
    throw error;
  }
}

function numberOr(text: string): number | string {
  return /^\d{1,3}$/.test(text) ? Number(text) : text;
}

function factOf(text: string): [string, string | number] {
  const [, fact, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (fact === undefined) {
    throw new UsageError('--set: write the fact and its value, for example --set tier=premium');
  }
  return [fact, fact === 'ring' ? numberOr(value) : value];
}
