import type { ApplicationState, PodState } from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredIndex';
import type { TreePod } from '../sync/workloads';
import { imageTag, parseImage, repositoryFit } from './imageReference';
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

/** A pod of Argo CD's tree, which names images and no containers; undefined for one without the service's image. */
export function treePodState(
  { images, ready, startedAt }: TreePod,
  { repository, versions, digests }: ImageHint,
): PodState | undefined {
  const image =
    repository === undefined ? images[0] : images.find(each => repositoryFit(each, repository) > 0);
  if (image === undefined) return undefined;
  const { tag, digest } = parseImage(image);
  const told = { ready, ...(startedAt ? { startedAt } : {}) };
  if (tag !== undefined || digest === undefined) return { version: imageTag(image), ...told };
  const version = digests?.get(digest) ?? versions.find(each => each === digest);
  if (version !== undefined) return { version, ...told };
  return {
    problem: 'its image is given by a digest alone, and nothing tells which version that is',
    ...told,
  };
}
