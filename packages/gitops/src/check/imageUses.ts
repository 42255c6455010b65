import { isDeepStrictEqual } from 'node:util';
import type { FoundRelease } from '../doctor/release';
import type { ImageReference } from '../locate/imageReference';
import { digestOf, digestPattern } from '../tenantFile/tenantImage';
import type { BaseState } from './baseState';
import type { LayoutState } from './layouts/checkLayouts';
import { keyOf } from './layouts/applicationRules';
import { placeIn } from './placeIn';
import type { Tenant } from './tenants';

/** A file that wants an image. */
export interface ImageUse {
  image: ImageReference;
  file: string;
  /** Where it says so; only those who tell somebody need it. */
  place(): { line: number; column: number };
  /** Where the version stands in the file. */
  key: string;
}

/** The images that tenant files want; of files that are compared with others, those that want another image than before. */
export function imagesOfTenants(tenants: readonly Tenant[], base?: BaseState): ImageUse[] {
  return tenants.flatMap(({ name, path, text, file }) => {
    if (!file || (base && !base.changed.has(name))) return [];
    const { repository, tag, digest } = file.image;
    const former = base?.former.get(name)?.image;
    const isSame =
      former?.repository === repository &&
      former.tag === tag &&
      isDeepStrictEqual(former.digest, digest);
    if (isSame) return [];
    const pinned = digestOf(file.image);
    return {
      image: { name: repository, tag, ...(pinned ? { digest: pinned } : {}) },
      file: path,
      place: () => placeIn(text, ['image', 'tag']),
      key: 'image.tag',
    };
  });
}

/** The images that releases want, in the same way. */
export function imagesOfReleases(
  releases: readonly FoundRelease[],
  base?: Pick<LayoutState, 'releases'>,
): { uses: ImageUse[]; notAsked: FoundRelease[] } {
  const former = new Map(base?.releases.map(one => [keyOf(one), one]));
  const changed = releases.filter(release => {
    const before = former.get(keyOf(release));
    return (
      before?.version !== release.version ||
      before.digest !== release.digest ||
      before.deployed.image !== release.deployed.image
    );
  });
  return {
    uses: changed.flatMap(release => {
      const image = imageOf(release, release);
      const { file, line, locator: key } = release;
      return image ? { image, file, place: () => ({ line, column: 1 }), key } : [];
    }),
    notAsked: changed.filter(release => !imageOf(release, release)),
  };
}

/** The image of a release at a version; undefined where the version is a chart's, or the image is not known. */
export function imageOf(
  { deployed: { image: name, isChart } }: FoundRelease,
  { version, digest }: { version: string; digest?: string },
): ImageReference | undefined {
  if (name === undefined || isChart) return undefined;
  if (digestPattern.test(version)) return { name, digest: version };
  return { name, tag: version, ...(digest ? { digest } : {}) };
}
