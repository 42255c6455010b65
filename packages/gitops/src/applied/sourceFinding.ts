import type { Deployment } from './deployment';

/** What one source of an Application deploys. */
export type SourceFinding = Omit<Deployment, 'application'>;

export const nothing: SourceFinding = {
  places: [],
  versions: [],
  problems: [],
  idle: [],
  isParent: false,
};
