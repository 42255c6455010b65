import type { Digests } from './Digests';
import { imageTag, parseImage, repositoryFit } from './imageReference';
import type { ContainerRecord, PodRecord } from './PodRecord';

/** What the version of a pod is told by. */
export interface ImageHint {
  /** Image of the service without tag, as the tenant file has it. */
  repository?: string;
  /** Versions that may run; of several tags with one digest, one of these is meant. */
  versions: readonly string[];
  /** Digests that the tenant file names, with their versions. */
  digests?: ReadonlyMap<string, string>;
}

/** The version that an image is of, or why it cannot be told. */
export type ImageVersion = { version: string } | { problem: string };

/** The service's container of a pod, the version that it runs, and those of others with the same image. */
export type PodVersion = {
  container?: ContainerRecord;
  otherVersions?: readonly string[];
} & ImageVersion;

/** A pod as far as its version goes. */
type PodImages = Pick<PodRecord, 'containers' | 'service' | 'tenant' | 'unreadable'>;

/**
 * The pods that run the service. A chart may give its labels to a database, too: where some pods have the image of the
 * service, those that have neither it nor a container of its name are something else.
 */
export function podsOfService<P extends PodImages>(
  pods: readonly P[],
  { repository }: ImageHint,
): readonly P[] {
  const fits = ({ containers }: P) =>
    repository !== undefined &&
    containers.some(({ image }) => repositoryFit(image, repository) > 0);
  if (!pods.some(fits)) return pods;
  const isNamed = ({ containers, service }: P) => containers.some(({ name }) => name === service);
  return pods.filter(pod => fits(pod) || isNamed(pod) || pod.unreadable.length > 0);
}

/** Tells which version of the service a pod runs: that of the container whose image is the service's. */
export function podVersion(
  { containers, service, tenant, unreadable }: PodImages,
  hint: ImageHint,
  known: Digests,
): PodVersion {
  const [container, ...others] = serviceContainers(containers, service, hint.repository);
  if (!container) {
    const problem =
      containers.length === 0 && unreadable.length > 0
        ? `${unreadable[0]} of the pod cannot be read`
        : 'no container of the pod has the image of the service';
    return { problem };
  }
  const told = imageVersion(container.image, tenant, hint, known);
  const besides = others.flatMap(({ image }) => {
    const other = imageVersion(image, tenant, hint, known);
    return 'version' in told && 'version' in other && other.version !== told.version
      ? other.version
      : [];
  });
  return {
    container,
    ...told,
    ...(besides.length > 0 ? { otherVersions: [...new Set(besides)] } : {}),
  };
}

/** Tells which version an image of the service is; a digest alone by the file, by versions, and by what pods have told. */
export function imageVersion(
  image: string,
  tenant: string,
  hint: ImageHint,
  known: Digests,
): ImageVersion {
  if (image === '') return { problem: 'its container names no image' };
  const { tag, digest } = parseImage(image);
  if (tag !== undefined || digest === undefined) return { version: imageTag(image) };
  const version = versionOf(digest, tenant, hint, known);
  if (version !== undefined) return { version };
  return {
    problem: `its image is given by the digest ${digest.slice(
      0,
      19,
    )} alone, and nothing tells which version that is`,
  };
}

/**
 * The container that is meant comes first, others with its image follow. Repositories are compared without registry, so
 * that mirrors do not matter. Without a repository to compare with, the container is meant that is called like the
 * service, or is alone.
 */
function serviceContainers(
  containers: readonly ContainerRecord[],
  service: string,
  repository: string | undefined,
): readonly ContainerRecord[] {
  const isNamed = ({ name }: ContainerRecord) => name === service;
  if (repository !== undefined) {
    const fits = containers
      .map(container => ({ container, fit: repositoryFit(container.image, repository) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit);
    const best = fits.filter(({ fit }) => fit === fits[0].fit).map(({ container }) => container);
    if (best.length > 0) return best.sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
  }
  const named = containers.filter(isNamed);
  if (named.length > 0) return named.slice(0, 1);
  return containers.length === 1 ? containers : [];
}

function versionOf(
  digest: string,
  tenant: string,
  hint: ImageHint,
  known: Digests,
): string | undefined {
  const fromFile = hint.digests?.get(digest);
  if (fromFile !== undefined) return fromFile;
  if (hint.versions.includes(digest)) return digest;
  // What another tenant calls it is only taken when it is one of this tenant's own versions.
  return hint.versions.find(tag => known.hasTag(digest, tag)) ?? known.tagsOf(digest, tenant)[0];
}
