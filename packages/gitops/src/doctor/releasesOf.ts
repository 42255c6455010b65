import { formatLocator, locatorAt, type Locator } from '../locate/locator';
import { lastPart } from '../locate/imageReference';
import type { AppliedVersion } from '../applied/appliedVersion';
import type { Deployment } from '../applied/deployment';
import { folderName, placesOf, type Claim } from '../layout/claims';
import type { FoundRelease } from './release';

/**
 * The releases of a deployment: one a service. Of a service, the layout's name goes before the key above the image, and that before
 * the last part of the image's name.
 */
export function releasesOf(
  deployment: Deployment,
  claim: Claim,
  isFile: (place: string) => boolean,
): FoundRelease[] {
  const { names, layout, place } = claim;
  const chosen = wanted(deployment.versions, layout.settings.versions ?? []);
  const folder = folderName(place, isFile(place));
  const tenant =
    names.tenant ??
    names.environment ??
    names.cluster ??
    (folder || deployment.application?.name) ??
    '';
  const environment = names.environment ?? (names.tenant === undefined ? tenant : undefined);
  const unique = withoutTwins(chosen);
  const { application } = deployment;
  const reads = placesOf(deployment).filter(one => one !== application?.file);
  return named(unique, names.service).map(({ service, version }) => ({
    tenant,
    service,
    ...(environment === undefined ? {} : { environment }),
    ...(names.cluster === undefined ? {} : { cluster: names.cluster }),
    version: version.version,
    ...(version.digest === undefined ? {} : { digest: version.digest }),
    file: version.origin.file,
    line: version.origin.line,
    locator: formatLocator(locatorOf(version)),
    ...(application ? { application: application.name } : {}),
    ...(deployment.revision !== undefined && version.origin.file !== application?.file
      ? { revision: deployment.revision }
      : {}),
    at: locatorOf(version),
    origin: version.origin,
    also: [],
    facts: {},
    deployed: {
      layout,
      place,
      reads,
      ...(version.image === undefined ? {} : { image: version.image }),
      isChart: version.kind === 'chart',
      ...(application
        ? { target: { project: application.project, destination: application.destination } }
        : {}),
    },
  }));
}

interface Chosen {
  version: AppliedVersion;
  service?: string;
}

function locatorOf({ kind, origin }: AppliedVersion): Locator {
  return locatorAt(kind, origin);
}

/** Versions that the layout names, with its names for their services. */
function wanted(
  versions: readonly AppliedVersion[],
  settings: ReadonlyArray<{ service?: string; locator: string }>,
): Chosen[] {
  if (settings.length === 0) return versions.map(version => ({ version }));
  return versions.flatMap(version => {
    const locator = formatLocator(locatorOf(version));
    for (const setting of settings) {
      const source = setting.locator
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace('\\{service\\}', '(?<service>[^.\\[\\]]+)');
      const found = new RegExp(`^${source}$`).exec(locator);
      const service = setting.service ?? found?.groups?.service;
      if (found) return [{ version, ...(service ? { service } : {}) }];
    }
    return [];
  });
}

/** The same version of the same image from the same place is one release, however many containers run it. */
function withoutTwins(all: readonly Chosen[]): Chosen[] {
  const known = new Set<string>();
  return all.filter(({ version: { origin, version, image, service } }) => {
    const key = JSON.stringify([
      origin.file,
      origin.line,
      origin.path,
      origin.inner,
      version,
      image,
      service,
    ]);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function named(
  all: readonly Chosen[],
  fromLayout: string | undefined,
): Array<{ service: string; version: AppliedVersion }> {
  const imageName = ({ image }: AppliedVersion) =>
    image === undefined ? undefined : lastPart(image);
  const plain = (one: Chosen) =>
    one.service ?? one.version.service ?? imageName(one.version) ?? one.version.container ?? 'app';
  const main = fromLayout === undefined ? undefined : mainOf(all, fromLayout, plain);
  const names = all.map(one => one.service ?? (one === main ? fromLayout! : plain(one)));
  return all.map((one, index) => {
    const isAlone = names.filter(name => name === names[index]).length === 1;
    const other = isAlone
      ? names[index]
      : one.version.container ?? imageName(one.version) ?? names[index];
    return { service: other, version: one.version };
  });
}

/** Of several images, the one that the layout's {service} is about: the only one, the one of that name, the one at the top. */
function mainOf(
  all: readonly Chosen[],
  name: string,
  plain: (one: Chosen) => string,
): Chosen | undefined {
  if (all.length === 1) return all[0];
  const same = all.find(one => plain(one) === name);
  const top = all.filter(one => one.version.service === undefined && one.version.kind === 'yaml');
  return same ?? (top.length === 1 ? top[0] : undefined);
}
