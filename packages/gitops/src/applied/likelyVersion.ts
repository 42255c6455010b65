import type { ImageValue } from '../charts/imageValues';
import { versionOf, type AppliedVersion, type VersionProblem } from './appliedVersion';

/** A value that is likely a version, as one. */
export function asVersion({
  scalar,
  kind,
  image,
  service,
  digest,
}: ImageValue): AppliedVersion | VersionProblem {
  const found = versionOf(scalar, {
    kind,
    ...(image ? { image } : {}),
    ...(service ? { service } : {}),
  });
  return digest === undefined || 'reason' in found ? found : { digest, ...found };
}
