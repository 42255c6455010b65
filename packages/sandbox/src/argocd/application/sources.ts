import { ApplicationSource } from './specs';

/** A source, and the revision of it that is wanted. */
export interface SourceAt {
  source: ApplicationSource;
  revision?: string;
}

/** Sources as spec, status, operation and history tell them: one singly, several as a list, which goes before. */
export interface ToldSources {
  source?: ApplicationSource;
  sources?: ApplicationSource[];
}

/** Their revisions, in the same order. */
export interface ToldRevisions {
  revision?: string;
  revisions?: string[];
}

/** Stands where a single source would, beside several. */
export const noSource: ApplicationSource = { repoURL: '' };

/** Whether there is a list of sources. */
export function isMultiSource({ sources = [] }: ToldSources): boolean {
  return sources.length > 0;
}

export function sourcesOf({ source, sources = [] }: ToldSources): ApplicationSource[] {
  if (sources.length > 0) return sources;
  return source?.repoURL ? [source] : [];
}

export function revisionsOf({ revision, revisions = [] }: ToldRevisions): string[] {
  if (revisions.length > 0) return revisions;
  return revision ? [revision] : [];
}
