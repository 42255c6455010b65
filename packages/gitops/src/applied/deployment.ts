import type { Application } from '../applications/application';
import type { Traced } from '../traced/traced';
import type { AppliedVersion, VersionProblem } from './appliedVersion';

/** What an Application, or an overlay or file that a layout wants without one, deploys. */
export interface Deployment {
  application?: Application;
  /** Folder that is rendered, where it is in this repository. */
  folder?: string;
  /** Files that belong to it, the most particular last: the kustomization, values files, the manifest of the Application. */
  places: string[];
  versions: AppliedVersion[];
  problems: VersionProblem[];
  /** Another branch, tag or commit that it follows: what it applies stands there. */
  revision?: string;
  /** Entries of `images` that do nothing. */
  idle: string[];
  /** Whether it makes other Applications, and so has no version of its own. */
  isParent: boolean;
  /** Values that a chart is rendered with, for charts that make Applications. */
  chart?: { folder: string; values: Traced | undefined };
}
