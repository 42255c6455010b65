import { shorten } from '../text/shorten';

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

/** The form of a repository: in lower case, with or without its registry, at most 255 characters (OCI distribution specification). */
const repositoryPattern =
  /^(?=.{1,255}$)([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?\/)?[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*$/;

/** Says what is wrong with `image.repository`, as the end of a sentence; `undefined` when it can be used. */
export function repositoryProblem(text: string): string | undefined {
  return repositoryPattern.test(text)
    ? undefined
    : 'must be an OCI repository in lower case, without tag or digest';
}

/** What `image.digest` may be: a digest, better with the tag in front that it belongs to. */
const pinPattern = /^(?:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})@)?sha256:[0-9a-f]{64}$/;

/** Whether `image.digest` says nothing: to Helm an empty text and no value are no digest. */
export function isNoDigest(digest: unknown): digest is '' | null | undefined {
  return digest === '' || digest === null || digest === undefined;
}

/** Says what is wrong with `image.digest` beside a tag, and the cure, as the chart does; `undefined` when it can be used. */
export function digestProblem(
  text: string,
  tag: string,
): { problem: string; cure: string } | undefined {
  const found = pinPattern.exec(text);
  if (!found) {
    return {
      problem: 'must be sha256: and 64 hexadecimal digits, better with the tag and "@" in front',
      cure: 'correct it, or take the key away',
    };
  }
  const [, of] = found;
  const { tag: version, digest } = splitTag(tag);
  if (digest !== undefined) {
    return {
      problem: 'stands beside image.tag with a digest of its own',
      cure: 'keep one of them',
    };
  }
  return of === undefined || of === version
    ? undefined
    : {
        problem: `belongs to the tag ${shorten(of, 60)}, but image.tag is ${shorten(version, 60)}`,
        cure: 'set the digest of that tag or take the key away',
      };
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
