import { digestPattern } from '../tenantFile/tenantImage';
import { EditError } from './EditError';
import { tagForm } from './tagForm';
import type { VersionForm } from './version';

/** `images[name].newTag` or `images[name].digest` of a kustomization. */
export const kustomizeForm: VersionForm = {
  read: tagForm.read,
  write(text, { version, digest }) {
    if (digest !== undefined) {
      throw new EditError('kustomize keeps tag and digest apart: name one of them');
    }
    if (digestPattern.test(text) !== digestPattern.test(version)) {
      throw new EditError(
        digestPattern.test(text)
          ? 'it is a digest: name the new one as sha256:..., or write newTag in its place'
          : 'it is a tag: write digest: in its place to pin a digest',
      );
    }
    return version;
  },
};
