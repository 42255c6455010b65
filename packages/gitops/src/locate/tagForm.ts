import { digestPattern, splitTag } from '../tenantFile/tenantImage';
import { EditError } from './EditError';
import type { VersionForm } from './version';

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export const tagPattern = /^\w[\w.-]{0,127}$/;

/** A value that is an image tag, `tag@digest`, or a digest alone. */
export const tagForm: VersionForm = {
  read(text) {
    if (digestPattern.test(text)) return { version: text };
    const { tag, digest } = splitTag(text);
    if (!tagPattern.test(tag)) return undefined;
    if (digest === undefined) return { version: tag };
    return digestPattern.test(digest) ? { version: tag, digest } : undefined;
  },
  // The digest of the version before goes with it.
  write(text, { version, digest }) {
    if (digestPattern.test(text) === digestPattern.test(version)) {
      return digest === undefined ? version : `${version}@${digest}`;
    }
    throw new EditError(
      digestPattern.test(text)
        ? 'it is a digest: name the new one as sha256:..., or write a tag in its place'
        : 'it is a tag, and a digest alone is none: name it as VERSION@sha256:...',
    );
  },
};
