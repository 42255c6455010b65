/** An image reference in parts. */
export interface ImageReference {
  /** Registry and repository, as they stand. */
  name: string;
  tag?: string;
  /** `sha256:...` */
  digest?: string;
}

const reference =
  /^(?<name>[A-Za-z0-9][\w.-]*(?::\d+(?=\/))?(?:\/[A-Za-z0-9_][\w.-]*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/**
 * Reads `registry:port/repository:tag@digest`; undefined for a text that is none.
 * https://github.com/distribution/reference/blob/main/reference.go
 */
export function parseImage(text: string): ImageReference | undefined {
  const { name, tag, digest } = reference.exec(text)?.groups ?? {};
  if (name === undefined) return undefined;
  return { name, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}

/** Writes an image reference. */
export function formatImage({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The last part of an image's name: what people call the service. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/[:@].*$/, '');
}
