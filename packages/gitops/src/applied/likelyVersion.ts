import type { ImageValue } from '../charts/imageValues';
import { versionOf, type AppliedVersion, type VersionProblem } from './appliedVersion';

/** A value that is likely a version, as one. */
export function asVersion({
  scalar,
  kind,
  image,
  service,
}: ImageValue): AppliedVersion | VersionProblem {
  return versionOf(scalar, { kind, ...(image ? { image } : {}), ...(service ? { service } : {}) });
}
