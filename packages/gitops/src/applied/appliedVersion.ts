import type { LocatorKind } from '../locate/locator';
import { versionForms } from '../locate/versionAt';
import { misreading, stringAt, type Origin, type TracedScalar } from '../traced/traced';

/** A version that Argo CD would apply, and where it originates. */
export interface AppliedVersion {
  version: string;
  /** The digest beside a tag. */
  digest?: string;
  /** Name of the image, or of the chart. */
  image?: string;
  /** The key above the image, where the values have one. */
  service?: string;
  /** Name of the container, to tell images apart. */
  container?: string;
  kind: LocatorKind;
  origin: Origin;
}

/** What came of looking for versions: those that are known, and for people why others are not. */
export interface VersionsFound {
  versions: AppliedVersion[];
  problems: VersionProblem[];
}

/** Why a version is not known. */
export interface VersionProblem {
  reason: string;
  /** Where it stands, when that is a place in a file. */
  origin?: Origin;
}

/** Reads the version of a scalar; a problem when YAML or the tool that reads it takes it for something else. */
export function versionOf(
  scalar: TracedScalar,
  more: Pick<AppliedVersion, 'image' | 'service' | 'container'> & {
    kind: LocatorKind;
    misread?: string;
  },
): AppliedVersion | VersionProblem {
  const { misread = misreading(scalar), ...names } = more;
  const { origin } = scalar;
  const kind = origin?.isText ? 'text' : more.kind;
  if (!origin?.file) return { reason: `where ${stringAt(scalar, [])} originates cannot be told` };
  if (misread) return { reason: misread, origin };
  const text = stringAt(scalar, []) ?? '';
  if (text.startsWith('ENC[')) {
    return { reason: 'it is encrypted with sops: leave it in clear (encrypted_regex)', origin };
  }
  // A template holds a chart's version as any other text.
  const version = versionForms[more.kind].read(text);
  if (!version)
    return {
      reason: `${text.slice(0, 80)} is no version: it may be a template expression or a range`,
      origin,
    };
  return { ...version, ...names, kind, origin };
}

/** Takes versions and problems apart. */
export function sorted(all: ReadonlyArray<AppliedVersion | VersionProblem>): VersionsFound {
  return {
    versions: all.filter((one): one is AppliedVersion => 'version' in one),
    problems: all.filter((one): one is VersionProblem => 'reason' in one),
  };
}

/** Puts findings together. */
export function together(...all: readonly VersionsFound[]): VersionsFound {
  return {
    versions: all.flatMap(({ versions }) => versions),
    problems: all.flatMap(({ problems }) => problems),
  };
}
