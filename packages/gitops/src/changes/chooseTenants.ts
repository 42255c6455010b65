import type { ChangeRequest, LeftOutTenant } from '@internal/plugin-tenant-releases-common';
import { shorten } from '../text/shorten';
import type { Tenant } from '../check/tenants';
import { tenantTiers } from '../tenantFile/tenantFile';
import type { ChangeState } from './changeState';
import { InvalidChange, UnknownTenant } from './ChangeRefusal';
import { serviceOf, type Candidate } from './judgeTenant';

/** Whom a request chooses. */
export interface Choice {
  /** With a file that can be changed. */
  candidates: Candidate[];
  /** Chosen or not, nobody knows: their files cannot be read. */
  leftOut: LeftOutTenant[];
  /** The service that is meant; absent where tenants run several and none is named. */
  service?: string;
  /** Nothing is chosen: it is for everybody. */
  isEverybody: boolean;
}

/**
 * Finds the tenants that meet all choices of a request.
 *
 * @throws InvalidChange, UnknownTenant for a choice that there is not
 */
export function chooseTenants(state: ChangeState, request: ChangeRequest): Choice {
  const { tenants: all } = state;
  const { tenants, tiers, rings, environments } = request;
  if (environments) {
    throw new InvalidChange('environments', 'tenant files know none here: leave it out');
  }
  const names = new Set(all.map(({ name }) => name));
  const unknown = tenants?.find(name => !names.has(name));
  if (unknown !== undefined) throw new UnknownTenant(shorten(unknown, 60));
  requireKnown('tiers', tiers, tenantTiers);
  requireKnown('rings', rings, knownRings(state));
  const service = serviceFor(all, request);
  const choice: Choice = {
    candidates: [],
    leftOut: [],
    ...(service === undefined ? {} : { service }),
    isEverybody: !tenants && !tiers && !rings && request.service === undefined,
  };
  const named = tenants && new Set(tenants);
  for (const tenant of all) {
    if (named && !named.has(tenant.name)) continue;
    const { file, text, problem } = tenant;
    if (!file || text === undefined) {
      const why = `has a file that cannot be read: ${problem ?? 'it is not valid'}`;
      choice.leftOut.push({ tenant: tenant.name, code: 'CONFLICT', text: why });
      continue;
    }
    const other = whyNot({ tenant, file, text }, request, service);
    if (other === undefined) choice.candidates.push({ tenant, file, text });
    else if (named) {
      choice.leftOut.push({ tenant: tenant.name, code: 'NOTHING_TO_CHANGE', text: other });
    }
  }
  return choice;
}

/** The service of a choice. @throws InvalidChange where it has to be named */
export function requireService({ service }: Choice, { tenants }: ChangeState): string {
  if (service !== undefined) return service;
  const known = servicesOf(tenants);
  throw new InvalidChange(
    'service',
    known.length === 0
      ? 'no tenant has a file that can be read: nobody knows what they run'
      : `is missing: name one of ${someOf(known)}`,
  );
}

/** Why a tenant that is named is not meant. */
function whyNot(
  { file }: Candidate,
  { tiers, rings }: ChangeRequest,
  service: string | undefined,
): string | undefined {
  const { tier, ring } = file.tenant;
  if (service !== undefined && serviceOf(file) !== service) {
    return `runs ${shorten(serviceOf(file), 60)}, not ${service}`;
  }
  if (tiers && !tiers.includes(tier)) return `is in tier ${tier}, which was not asked for`;
  if (rings && !rings.includes(ring)) return `is in ring ${ring}, which was not asked for`;
  return undefined;
}

/** Rings that the policy or a tenant names. */
export function knownRings({ policy, tenants }: ChangeState): number[] {
  const used = tenants.flatMap(({ file }) => file?.tenant.ring ?? []);
  return [...new Set([...policy.rings.map(({ ring }) => ring), ...used])].sort((a, b) => a - b);
}

function serviceFor(tenants: readonly Tenant[], { service }: ChangeRequest): string | undefined {
  const known = servicesOf(tenants);
  if (service === undefined) return known.length === 1 ? known[0] : undefined;
  requireKnown('service', [service], known, 'no tenant runs');
  return service;
}

function servicesOf(tenants: readonly Tenant[]): string[] {
  return [...new Set(tenants.flatMap(({ file }) => (file ? serviceOf(file) : [])))].sort();
}

function requireKnown<T extends string | number>(
  field: string,
  asked: readonly T[] | undefined,
  known: readonly T[],
  words = 'there is no',
): void {
  const unknown = asked?.find(one => !known.includes(one));
  if (unknown === undefined) return;
  const choice = known.length === 0 ? 'there are none' : `choose one of ${someOf(known)}`;
  throw new InvalidChange(field, `${words} ${shorten(String(unknown), 60)}: ${choice}`);
}

function someOf(values: ReadonlyArray<string | number>): string {
  const shown = values
    .slice(0, 20)
    .map(value => shorten(String(value), 60))
    .join(', ');
  return values.length > 20 ? `${shown} and ${values.length - 20} more` : shown;
}
