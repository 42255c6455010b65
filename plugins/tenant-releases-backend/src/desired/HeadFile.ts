/** A file at the head of the branch that holds the version of a release. */
export interface HeadFile {
  tenant: string;
  path: string;
  /** SHA of its content. */
  sha: string;
  /** The head at which it was first seen with that content: two states of a file never share one. */
  head: string;
  /** The version it holds; absent when it cannot be read. */
  version?: string;
  /** Where the version stands in the file, when it is no tenant file. */
  reading?: string;
  /** The service whose version it is, when it is no tenant file. */
  service?: string;
}

/** How the version stands in the content of a file; see ContentVersions. */
export function readingOf({ reading, tenant }: HeadFile): string {
  return reading ?? tenant;
}

/** What tells the versions of one file apart: several may stand in it. */
export function placeOf(file: HeadFile): string {
  return file.reading === undefined ? file.path : `${file.path}\n${file.reading}`;
}
