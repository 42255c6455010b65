import { withoutUser } from '../text/withoutUser';
import type { Traced } from '../traced/traced';
import type { BuiltObject } from './builtObject';
import type { ImageEntry } from './images';

/** What `kustomize build` of a folder makes. */
export interface KustomizeBuild {
  objects: BuiltObject[];
  /** Charts that `helmCharts` has rendered, and the folder of the kustomization. */
  charts: Array<{ value: Traced; folder: string }>;
  /** Entries of `images` that matched no image. */
  idle: ImageEntry[];
  /** What could not be built, for people. */
  problems: string[];
  /** Whether parts are not in this repository: which images they have is not known. */
  isPartial: boolean;
  /** Whether something writes images that is not followed. */
  isUnsure: boolean;
  /** Kustomizations that were gone through. */
  visits: number;
  /** Files that took part. */
  files: Set<string>;
  /** Folders that took part, itself included. */
  folders: Set<string>;
}

export function emptyBuild(): KustomizeBuild {
  return {
    objects: [],
    charts: [],
    idle: [],
    problems: [],
    isPartial: false,
    isUnsure: false,
    visits: 0,
    files: new Set(),
    folders: new Set(),
  };
}

/** Something may write images that is not followed: what it writes would be told wrong. */
export function noteUnsure(build: KustomizeBuild, problem: string): void {
  build.problems.push(problem);
  build.isUnsure = true;
}

export function noteMissing(build: KustomizeBuild, resource: string, file: string): void {
  build.problems.push(`${withoutUser(resource)} of ${file} is not in this repository`);
  build.isPartial = true;
}
