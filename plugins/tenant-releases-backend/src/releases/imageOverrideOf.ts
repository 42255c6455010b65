import { digestOf } from '@internal/gitops';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationState } from '../join/releaseParts';
import { parseImage } from '../running/imageReference';
import { kustomizeName } from '../sync/applicationOverride';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/**
 * What an Application sets of the image beside its version: another repository, or another digest behind the file's own
 * tag. It is another image under the same version, which nothing else would tell.
 */
export function imageOverrideOf(
  { override = { by: '' }, kustomizeImages }: ApplicationRecord,
  entry: DesiredEntry | undefined,
): ApplicationState['imageOverride'] {
  const image = entry?.file?.image;
  // In another layout, what an Application sets was examined with the rest.
  if (image?.repository === undefined || entry?.deployed) return undefined;
  const { tag, digest, by } = override;
  const byKustomize = kustomizeName(kustomizeImages, image.repository);
  const repository = override.repository ?? byKustomize;
  if (repository !== undefined && !isSame(repository, image.repository)) {
    const where = override.repository === undefined ? 'kustomize.images' : by;
    return { key: 'image.repository', value: repository, by: where };
  }
  // With a tag of its own the digest is that of the version that is told.
  if (digest !== undefined && tag === undefined && digest !== digestOf(image)) {
    return { key: 'image.digest', value: digest, by };
  }
  return undefined;
}

/** Of a mirror the registry alone differs. */
function isSame(image: string, other: string): boolean {
  return parseImage(image).path === parseImage(other).path;
}
