import type { DesiredEntry } from './DesiredEntries';
import type { GitFile } from '@internal/gitops';
import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import type { HeadFile } from './HeadFile';
import type { FileSurvey } from './surveyFiles';

/** The releases at a head of the branch, as they were read last, in whichever layout the repository has. */
export interface ReleaseEntries {
  /** Another object whenever an entry has come, gone or changed. */
  readonly generation: object;
  /** @param environment - the first one, when it is left out */
  get(tenant: string, service: string, environment?: string): DesiredEntry | undefined;
  ofTenant(tenant: string): DesiredEntry[];
  all(): DesiredEntry[];
  /** The service whose version a file holds. */
  serviceOf(file: HeadFile): string | undefined;
  /** Whether a path is that of a release now. */
  isRead(path: string): boolean;
  /** What is left out besides what a survey tells, now. */
  leftOut?(): LeftOut[];
  /**
   * Tells which files of a commit releases are made of, before it is taken.
   *
   * @throws UpstreamError when Git does not answer
   */
  survey(files: readonly GitFile[], signal: AbortSignal): Promise<FileSurvey>;
  /**
   * Takes the files of a head that was surveyed.
   *
   * @returns the entries that are not what they were, and those that are no more
   */
  read(
    files: readonly GitFile[],
    head: string,
    signal: AbortSignal,
  ): Promise<{ changed: DesiredEntry[]; gone: DesiredEntry[] }>;
}
