/** An immutable image tag: never `latest`, at most 128 characters (OCI distribution specification). */
export const versionPattern = /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** A digest of an image's content, as registries and Renovate write it. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** `tag@sha256:...`, in parts. */
export interface TagParts {
  /** The version. */
  tag: string;
  /** Absent where the text holds no `@`; not checked to be one. */
  digest?: string;
}

/** Splits what Renovate writes when it pins digests, `1.2.3@sha256:...`, into the tag and the digest. */
export function splitTag(text: string): TagParts {
  const at = text.indexOf('@');
  return at < 0 ? { tag: text } : { tag: text.slice(0, at), digest: text.slice(at + 1) };
}

/** Says what is wrong with `image.tag`, as the end of a sentence, and the cure; `undefined` when it can be used. */
export function tagProblem(text: string): { problem: string; cure: string } | undefined {
  const { tag, digest } = splitTag(text);
  if (tag.includes('+')) {
    return {
      problem: 'holds "+", which no image tag may hold (OCI distribution specification)',
      cure: 'write "_" in its place, as Helm does',
    };
  }
  if (!versionPattern.test(tag)) {
    return {
      problem: 'must be an immutable image tag, not "latest"',
      cure: 'write one such as sha-1a2b3c4',
    };
  }
  if (digest !== undefined && !digestPattern.test(digest)) {
    return {
      problem: 'holds "@" with what is no digest behind it',
      cure: 'write sha256: and 64 hexadecimal digits behind "@", or remove it',
    };
  }
  return undefined;
}

/**
 * The image block of a tenant file with version and digest apart: of `tag: 1.2.3@sha256:...` the tag alone, and the digest at
 * `digest` with its tag in front, as the chart likes it.
 */
export function withTagApart<T extends { tag: string; digest?: unknown }>(image: T): T {
  const { tag, digest } = splitTag(image.tag);
  return digest === undefined ? image : { ...image, tag, digest: image.tag };
}

/** The digest of an image block, without a tag in front; `undefined` where there is none. */
export function digestOf(image: { digest?: unknown }): string | undefined {
  if (typeof image.digest !== 'string') return undefined;
  const digest = image.digest.slice(image.digest.lastIndexOf('@') + 1);
  return digestPattern.test(digest) ? digest : undefined;
}
