import { parseImage } from '../locate/imageReference';
import { containerImages, versionOrigin } from '../kustomize/images';
import type { BuiltObject } from '../kustomize/builtObject';
import { stringAt, type Traced } from '../traced/traced';
import {
  sorted,
  type AppliedVersion,
  type VersionProblem,
  type VersionsFound,
} from './appliedVersion';

/** The versions of the images in objects as they would be applied. An image without a tag has none. */
export function objectVersions(objects: readonly BuiltObject[]): VersionsFound {
  return sorted(
    objects
      .filter(({ value }) => !isRule(value))
      .flatMap(({ value }) =>
        containerImages(value).flatMap((found): Array<AppliedVersion | VersionProblem> => {
          const text = stringAt(found.image, []) ?? '';
          const reference = parseImage(text);
          const from = versionOrigin(found.image);
          if (!reference || !from) return [{ reason: `${text} is no image`, ...from }];
          const { name, tag, digest } = reference;
          const version = tag ?? digest;
          if (version === undefined) return [];
          if (from.misread) return [{ reason: from.misread, origin: from.origin }];
          return [
            {
              version,
              ...(tag !== undefined && digest !== undefined ? { digest } : {}),
              image: name,
              ...(found.container ? { container: found.container } : {}),
              kind: from.kind,
              origin: from.origin,
            },
          ];
        }),
      ),
  );
}

/** Whether an object says what others may hold, and runs nothing itself. */
function isRule(value: Traced): boolean {
  return (
    stringAt(value, ['kind']) === 'CustomResourceDefinition' ||
    /^(kyverno|policies\.kyverno)\.io\//.test(stringAt(value, ['apiVersion']) ?? '')
  );
}
