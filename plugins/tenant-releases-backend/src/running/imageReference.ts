/** The parts of an image reference: https://github.com/distribution/reference/blob/main/reference.go */
export interface ImageReference {
  /** Without the registry's host: `acme/demo-api`. */
  path: string;
  tag?: string;
  /** `sha256:...` */
  digest?: string;
}

/** Reads an image reference; a text that is none has an empty path. */
export function parseImage(image: string): ImageReference {
  // Container runtimes prefix what they pulled: docker-pullable://...
  const [name, digest] = image.replace(/^[a-z-]+:\/\//, '').split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  const repository = tag === undefined ? name : name.slice(0, -tag.length - 1);
  return {
    path: withoutRegistry(repository),
    ...(tag === undefined ? {} : { tag }),
    ...(digest && /^[a-z0-9+._-]+:[0-9a-f]+$/.test(digest) ? { digest } : {}),
  };
}

/** The first part is a host when it has a dot, a port, or is localhost. */
function withoutRegistry(repository: string): string {
  const slash = repository.indexOf('/');
  if (slash < 0) return repository;
  const first = repository.slice(0, slash);
  return /[.:]/.test(first) || first === 'localhost' ? repository.slice(slash + 1) : repository;
}

/**
 * How well an image fits a repository, both without registry, so that mirrors and pull-through caches fit too: the number
 * of parts of the path that they share at its end; 0 when it is another repository.
 */
export function repositoryFit(image: string, repository: string): number {
  const [found, wanted] = [parseImage(image).path, parseImage(repository).path].map(path =>
    // Docker Hub's own images may be written without "library/".
    path
      .replace(/^library\/(?=.)/, '')
      .split('/')
      .filter(part => part !== ''),
  );
  const shorter = Math.min(found.length, wanted.length);
  if (shorter === 0) return 0;
  for (let at = 1; at <= shorter; at += 1) {
    if (found[found.length - at] !== wanted[wanted.length - at]) return 0;
  }
  return shorter;
}

/** The version that an image reference names: its tag, `latest` when it names neither tag nor digest, else the digest. */
export function imageTag(image: string): string {
  const { tag, digest } = parseImage(image);
  return tag ?? digest ?? 'latest';
}
