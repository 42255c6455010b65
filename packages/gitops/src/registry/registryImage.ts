import type { ImageReference } from '../locate/imageReference';

/** An image as a registry is asked for it. */
export interface RegistryImage {
  /** Host and port of the registry, such as `ghcr.io`; Docker Hub is `docker.io`. */
  registry: string;
  /** The name within the registry. */
  repository: string;
  /** A digest where there is one, else the tag: what a container runtime pulls. */
  reference: string;
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const repositoryPattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/**
 * Completes an image reference as Docker and containerd do: without a registry it is Docker Hub's, and a name of one part is of
 * its `library/`. Undefined for a name that no registry can have.
 * https://github.com/distribution/reference/blob/main/normalize.go
 */
export function registryImage({ name, tag, digest }: ImageReference): RegistryImage | undefined {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  const registry = isHost ? registryHost(first) : 'docker.io';
  const path = isHost ? name.slice(slash + 1) : name;
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (repository.length > 255 || !repositoryPattern.test(repository)) return undefined;
  return { registry, repository, reference: digest ?? tag ?? 'latest' };
}

/** The one name of a registry: hosts are the same in upper and lower case, and Docker Hub has three. */
export function registryHost(host: string): string {
  const lower = host.toLowerCase();
  return ['index.docker.io', 'registry-1.docker.io'].includes(lower) ? 'docker.io' : lower;
}
