import { digestPattern } from '../tenantFile/tenantImage';
import { EditError } from './EditError';
import { formatImage, parseImage } from './imageReference';
import type { VersionForm } from './version';

/** A value that is a whole image, `registry/name:tag`, also as kustomize and Argo CD write an override: `name=registry/name:tag`. */
export const imageForm: VersionForm = {
  read(text) {
    const [, , image] = parts(text);
    const { tag, digest } = parseImage(image) ?? {};
    const version = tag ?? digest;
    if (version === undefined) return undefined;
    return tag !== undefined && digest !== undefined ? { version, digest } : { version };
  },
  write(text, { version, digest }) {
    const [before, , image] = parts(text);
    const reference = parseImage(image);
    if (!reference) throw new EditError('it is no image');
    if (reference.digest !== undefined && digest === undefined && !digestPattern.test(version)) {
      throw new EditError(
        'it pins a digest, which belongs to the version before: name the digest of the new one too, as VERSION@sha256:...',
      );
    }
    return before + formatImage(withVersion(reference.name, version, digest));
  },
};

function withVersion(name: string, version: string, digest?: string) {
  if (digestPattern.test(version)) return { name, digest: version };
  return { name, tag: version, ...(digest === undefined ? {} : { digest }) };
}

function parts(text: string): [before: string, name: string, image: string] {
  const equals = text.lastIndexOf('=');
  return [text.slice(0, equals + 1), text.slice(0, Math.max(0, equals)), text.slice(equals + 1)];
}
