import type { ChangeRequest } from '@internal/plugin-tenant-releases-common';
import type { FoundRelease } from '../doctor/release';
import { shorten } from '../text/shorten';
import { InvalidChange, UnknownTenant } from './ChangeRefusal';

/** Releases of other layouts that a request chooses, all of one service. */
export interface ReleaseSelection {
  releases: FoundRelease[];
  service: string;
}

/**
 * Finds the releases that meet all choices of a request. A fact that is not known meets none.
 *
 * @throws InvalidChange, UnknownTenant for a choice that there is not
 */
export function chooseReleases(
  all: readonly FoundRelease[],
  request: ChangeRequest,
): ReleaseSelection {
  const { tenants, tiers, rings, environments } = request;
  const unknown = tenants?.find(name => all.every(({ tenant }) => tenant !== name));
  if (unknown !== undefined) throw new UnknownTenant(shorten(unknown, 60));
  const service = serviceOf(all, request.service);
  requireKnown('tiers', tiers, all, ({ facts }) => facts.tier);
  requireKnown('rings', rings, all, ({ facts }) => facts.ring);
  requireKnown('environments', environments, all, placesOf);
  const meets = <T>(asked: readonly T[] | undefined, value: T | undefined) =>
    asked === undefined || (value !== undefined && asked.includes(value));
  const releases = all.filter(
    release =>
      release.service === service &&
      meets(tenants, release.tenant) &&
      meets(tiers, release.facts.tier) &&
      meets(rings, release.facts.ring) &&
      (environments === undefined || placesOf(release).some(one => environments.includes(one))),
  );
  return { releases, service };
}

/** What a place is called: its environment, its cluster, or both, as the portal has it. */
function placesOf({ environment, cluster }: FoundRelease): string[] {
  const both = environment && cluster ? [`${environment}/${cluster}`] : [];
  return [...(environment ? [environment] : []), ...(cluster ? [cluster] : []), ...both];
}

function serviceOf(all: readonly FoundRelease[], named: string | undefined): string {
  const known = [...new Set(all.map(({ service }) => service))].sort();
  if (named === undefined && known.length === 1) return known[0];
  if (named !== undefined && known.includes(named)) return named;
  const choice = known.length === 0 ? 'no layout matches one' : `choose one of ${someOf(known)}`;
  const problem = named === undefined ? 'is missing' : `no tenant runs ${shorten(named, 60)}`;
  throw new InvalidChange('service', `${problem}: ${choice}`);
}

function requireKnown<T extends string | number>(
  field: string,
  asked: readonly T[] | undefined,
  all: readonly FoundRelease[],
  valueOf: (release: FoundRelease) => T | readonly T[] | undefined,
): void {
  const known = [...new Set(all.flatMap(release => valueOf(release) ?? []))].sort();
  const unknown = asked?.find(one => !known.includes(one));
  if (unknown === undefined) return;
  const choice = known.length === 0 ? 'none is known here' : `choose one of ${someOf(known)}`;
  throw new InvalidChange(field, `there is no ${shorten(String(unknown), 60)}: ${choice}`);
}

function someOf(values: ReadonlyArray<string | number>): string {
  const shown = values.slice(0, 20).map(value => shorten(String(value), 60));
  const more = values.length > 20 ? ` and ${values.length - 20} more` : '';
  return `${shown.join(', ')}${more}`;
}
