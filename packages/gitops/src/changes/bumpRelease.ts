import type { Checkout } from '../checkout/checkout';
import type { FoundRelease } from '../doctor/release';
import { EditError } from '../locate/EditError';
import { formatLocator } from '../locate/locator';
import { parseVersion } from '../locate/version';
import { readVersionAt, writeVersionAt } from '../locate/versionAt';
import { shorten } from '../text/shorten';
import { ChangeRefusal } from './ChangeRefusal';

/** Which releases a bump is for. */
export interface ReleaseChoice {
  tenant: string;
  service: string;
  environment?: string;
  cluster?: string;
}

/** A file that a bump changes. */
export interface BumpEdit {
  path: string;
  before: string;
  text: string;
  /** The releases that move with it. */
  releases: Array<
    Pick<FoundRelease, 'tenant' | 'service' | 'environment' | 'cluster' | 'line' | 'locator'> & {
      from: string;
    }
  >;
}

/**
 * Moves a release to a version, where its version originates. A value that other tenants or environments take their version from is
 * left alone: they would move too.
 *
 * @returns the files that change; none when everything has the version already
 * @throws ChangeRefusal
 */
export function bumpRelease(
  checkout: Checkout,
  releases: readonly FoundRelease[],
  choice: ReleaseChoice | readonly ReleaseChoice[],
  version: string,
): BumpEdit[] {
  const choices = [choice].flat();
  const chosen = releases.filter(release => choices.some(one => isChosen(release, one)));
  if (chosen.length === 0) throw new ChangeRefusal(whyNone(releases, choices[0]));
  const places = new Map<string, FoundRelease[]>();
  for (const release of chosen) {
    const [key] = placesOf(release);
    places.set(key, [...(places.get(key) ?? []), release]);
  }
  const edits = new Map<string, BumpEdit>();
  for (const own of places.values()) {
    const [{ revision, file }] = own;
    if (revision !== undefined) {
      throw new ChangeRefusal(
        `${file} is of ${revision}, which the Application follows: check that out`,
      );
    }
    const ownPlaces = new Set(own.flatMap(placesOf));
    const moved = releases.filter(release => placesOf(release).some(one => ownPlaces.has(one)));
    const others = moved.filter(
      release => !chosen.includes(release) && !choices.some(one => isSameBut(release, one)),
    );
    if (others.length > 0) throw new ChangeRefusal(shared(own[0], others));
    const held = moved.find(release => isHeld(release, version));
    if (held) throw new ChangeRefusal(whyHeld(held), 'HELD');
    const [{ file: from, at, also }] = own;
    for (const place of [{ file: from, at }, ...also])
      apply(checkout, edits, place, moved, version);
  }
  return [...edits.values()].filter(({ before, text }) => before !== text);
}

function isChosen(
  release: FoundRelease,
  { tenant, service, environment, cluster }: ReleaseChoice,
): boolean {
  return (
    release.tenant === tenant &&
    release.service === service &&
    (environment === undefined || release.environment === environment) &&
    (cluster === undefined || release.cluster === cluster)
  );
}

/** A hold at the version that is wanted does not stand in its way, nor one where nothing changes. */
function isHeld({ facts: { hold }, version: now, digest }: FoundRelease, version: string): boolean {
  const wanted = parseVersion(version);
  const isThere = now === wanted.version && digest === wanted.digest;
  return hold !== undefined && !isThere && hold.version !== wanted.version;
}

function whyHeld(release: FoundRelease): string {
  const { version = release.version, by, reason = '' } = release.facts.hold ?? {};
  const who = by === undefined ? '' : ` by ${shorten(by, 60)}`;
  return `${describe(release)} is held at ${version}${who}: ${shorten(reason)}`;
}

/** Another service of the same tenant and environment may move along: it says so in the answer. */
function isSameBut(release: FoundRelease, { service: _, ...choice }: ReleaseChoice): boolean {
  return isChosen(release, { ...choice, service: release.service });
}

/** Where the version of a release stands, all of its places; the first is its own. */
function placesOf({ file, at, also, revision = '' }: FoundRelease): string[] {
  return [{ file, at }, ...also].map(
    place => `${revision}\n${place.file}\n${formatLocator(place.at)}`,
  );
}

function apply(
  checkout: Checkout,
  edits: Map<string, BumpEdit>,
  { file, at }: Pick<FoundRelease, 'file' | 'at'>,
  moved: readonly FoundRelease[],
  version: string,
): void {
  const before = checkout.text(file);
  if (before === undefined) throw new ChangeRefusal(`${file} cannot be read`);
  const edit = edits.get(file) ?? { path: file, before, text: before, releases: [] };
  try {
    const isBeside = moved.some(({ digest }) => digest !== undefined);
    if (isBeside && readVersionAt(edit.text, at)?.digest === undefined) {
      throw new EditError(
        'a digest stands beside its tag and belongs to the version before: change both, or take the digest away',
      );
    }
    const text = writeVersionAt(edit.text, at, parseVersion(version));
    const named = moved.map(
      ({ tenant, service, environment, cluster, line, locator, version: from }) => ({
        tenant,
        service,
        ...(environment === undefined ? {} : { environment }),
        ...(cluster === undefined ? {} : { cluster }),
        line,
        locator,
        from,
      }),
    );
    edits.set(file, { ...edit, text, releases: [...edit.releases, ...named] });
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new ChangeRefusal(`${file} cannot be changed: ${error.message}`);
  }
}

function shared({ file, line }: FoundRelease, others: readonly FoundRelease[]): string {
  const names = others.slice(0, 5).map(describe).join(', ');
  const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
  return `${file}:${line} is the version of ${names}${more} too, which would move with it: give the one its own version first`;
}

function describe({ tenant, service, environment, cluster }: ReleaseChoice): string {
  const place = [environment === tenant ? undefined : environment, cluster]
    .filter(Boolean)
    .join(', ');
  return `${tenant}/${service}${place ? ` (${place})` : ''}`;
}

function whyNone(
  releases: readonly FoundRelease[],
  { tenant, service, environment, cluster }: ReleaseChoice,
): string {
  const known = (all: string[]) => [...new Set(all)].sort().slice(0, 10).join(', ');
  const ofTenant = releases.filter(release => release.tenant === tenant);
  if (ofTenant.length === 0) {
    return `there is no tenant ${tenant}; known are: ${
      known(releases.map(release => release.tenant)) || 'none'
    }`;
  }
  const ofService = ofTenant.filter(release => release.service === service);
  if (ofService.length === 0)
    return `${tenant} has no service ${service}; it has: ${known(
      ofTenant.map(release => release.service),
    )}`;
  const place = [environment && `environment ${environment}`, cluster && `cluster ${cluster}`]
    .filter(Boolean)
    .join(' and ');
  return `${tenant}/${service} has no ${place}; it has: ${known(
    ofService.flatMap(release =>
      [release.environment, release.cluster].filter(one => one !== undefined),
    ),
  )}`;
}
