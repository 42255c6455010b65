import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationState } from '../join/releaseParts';
import type { ImageHint } from './podVersion';

/** What a tenant's file tells of the image of its service. */
export function imageHint(entry: DesiredEntry | undefined): ImageHint {
  const image = entry?.file?.image;
  if (!image) return { versions: [] };
  const { digest } = image;
  return {
    repository: image.repository,
    versions: [image.tag],
    ...(digest
      ? { digests: new Map([[digest.slice(digest.lastIndexOf('@') + 1), image.tag]]) }
      : {}),
  };
}

/** The versions that may run: what is synced, what is wanted, what the Application sets itself. */
export function versionsOf(
  entry: DesiredEntry | undefined,
  application: ApplicationState | undefined,
): string[] {
  const { version, override, follows } = application ?? {};
  return [version, entry?.file?.image.tag, override?.version, follows?.version].flatMap(
    each => each ?? [],
  );
}
