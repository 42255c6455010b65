import { at, plain, stringAt, type Traced } from '../traced/traced';
import { parseKeyPath } from '../locate/keyPath';

/** What is known of a tenant besides its versions. What is absent is not known. */
export interface TenantFacts {
  displayName?: string;
  /** Entity ref of a group. */
  owner?: string;
  tier?: string;
  /** From 0 to 9. */
  ring?: number;
  /** How the tenant's people are reached: a mail address, a channel. */
  contact?: string;
  /** Without a version it is held at the one that it has. */
  hold?: { version?: string; reason: string; by?: string; since?: string };
}

/** Names of facts, and the keys at which they stand. */
export type FactKeys = Partial<Record<keyof TenantFacts, string>>;

/** Facts, and for people what cannot be taken for one: the end of a sentence each. */
export interface FactsRead {
  facts: TenantFacts;
  problems: string[];
}

const maxText = 200;

/** Reads facts of a value. @param keys - where each stands */
export function factsAt(value: Traced | undefined, keys: FactKeys): FactsRead {
  const read: FactsRead = { facts: {}, problems: [] };
  const text = (fact: keyof TenantFacts) => {
    const path = keys[fact] === undefined ? undefined : parseKeyPath(keys[fact]);
    const found = path && stringAt(value, path)?.trim();
    return found ? found.slice(0, maxText) : undefined;
  };
  const displayName = text('displayName');
  if (displayName) read.facts.displayName = displayName;
  const tier = text('tier');
  if (tier) read.facts.tier = tier;
  const contact = text('contact');
  if (contact) read.facts.contact = contact;
  const ring = text('ring');
  if (ring !== undefined && /^\d$/.test(ring)) read.facts.ring = Number(ring);
  else if (ring !== undefined) read.problems.push(`ring "${ring}" is no number from 0 to 9`);
  const owner = text('owner');
  const group = owner && groupRef(owner);
  if (group) read.facts.owner = group;
  else if (owner) read.problems.push(`owner "${owner}" is no group of the catalog`);
  const { hold, problem } = keys.hold === undefined ? {} : readHold(value, keys.hold);
  if (hold) read.facts.hold = hold;
  if (problem) read.problems.push(problem);
  return read;
}

/** https://backstage.io/docs/features/software-catalog/references: a group may be named in short. */
function groupRef(text: string): string | undefined {
  const found = /^(?:group:)?(?:([\w.-]{1,63})\/)?([\w.-]{1,63})$/i.exec(text);
  return found
    ? `group:${found[1] ?? 'default'}/${found[2]}`.toLocaleLowerCase('en-US')
    : undefined;
}

interface HoldRead {
  hold?: TenantFacts['hold'];
  problem?: string;
}

/**
 * A hold is a block with version, reason, by and since, a reason alone, or a switch.
 *
 * @param key - with `!` in front, the switch says the opposite: that versions may change
 */
function readHold(value: Traced | undefined, key: string): HoldRead {
  const isOpposite = key.startsWith('!');
  const name = isOpposite ? key.slice(1) : key;
  const found = at(value, parseKeyPath(name) ?? []);
  if (!found || (found.kind === 'scalar' && found.value === null)) return {};
  if (found.kind !== 'scalar') {
    const hold = isOpposite ? undefined : holdOf(found);
    return hold ? { hold } : { problem: 'hold needs version, reason, by and since' };
  }
  const text = String(found.value).trim();
  // Tools write switches as texts too.
  const isOn = /^(true|yes|on)$/i.test(text);
  if (isOn || /^(false|no|off|)$/i.test(text)) {
    return isOn === isOpposite ? {} : { hold: { reason: `${name} is ${text || 'empty'}` } };
  }
  if (!isOpposite && typeof found.value === 'string')
    return { hold: { reason: text.slice(0, 300) } };
  return { problem: `hold "${text.slice(0, 40)}" is neither true nor false` };
}

function holdOf(value: Traced): TenantFacts['hold'] {
  const { version, reason, by, since } = Object(plain(value)) as Record<string, unknown>;
  const isText = (part: unknown): part is string => typeof part === 'string' && part !== '';
  if (!isText(version) || !isText(reason) || !isText(by) || !isText(since)) return undefined;
  return Number.isNaN(Date.parse(since)) ? undefined : { version, reason, by, since };
}
