import type { GitText } from '@internal/gitops';

/** What is read of a content: absent when it holds no version that can be read. */
export interface ContentVersion {
  version?: string;
}

/**
 * Versions in contents of files, each content read once.
 *
 * `reading` says how a version stands in it: for a tenant file the tenant's name, for any other the locator.
 */
export interface ContentVersions {
  /** @param sha - of the content */
  read(sha: string, reading: string, content: GitText): ContentVersion;
  /** What was read before; undefined when the content never was. */
  known(sha: string, reading: string): ContentVersion | undefined;
}
