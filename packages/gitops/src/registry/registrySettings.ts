import type { DockerAuth } from './dockerConfig';
import type { RegistryImage } from './registryImage';

/** A registry that may be asked. */
export interface RegistrySettings extends DockerAuth {
  /** Where it is; https and its host by default. Without a slash at its end. */
  url: string;
}

/** Docker Hub's API is at another host than its name. */
const hubUrl = 'https://registry-1.docker.io';

/** The address of a registry of which nothing but the name is known: Docker, too, takes http for this machine alone. */
export function defaultRegistryUrl(host: string): string {
  if (host === 'docker.io') return hubUrl;
  return `${isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}

/** Says what is wrong with the address of a registry, as the end of a sentence; `undefined` when it can be used. */
export function registryUrlProblem(text: string, hasCredentials: boolean): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'must begin with https:// or http://';
  if (url.username || url.password || url.search || url.hash) {
    return 'must hold no password, query or fragment';
  }
  return hasCredentials && url.protocol === 'http:' && !isLoopback(url.hostname)
    ? 'must begin with https://, because credentials are sent there'
    : undefined;
}

/** The registry that an image is of, of those that may be asked: the one with the longest path. */
export function settingsFor(
  registries: readonly RegistrySettings[],
  { registry, repository }: RegistryImage,
): RegistrySettings | undefined {
  return registries
    .filter(({ host, path }) => host === registry && `${repository}/`.startsWith(withSlash(path)))
    .reduce<RegistrySettings | undefined>(
      (best, one) => (best && best.path.length >= one.path.length ? best : one),
      undefined,
    );
}

function withSlash(path: string): string {
  return path === '' ? '' : `${path}/`;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
