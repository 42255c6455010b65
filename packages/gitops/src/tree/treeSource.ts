import { entryProblems, type EntryProblem } from '../tenantFile/entryProblems';
import { tooLarge } from '../tenantFile/tenantFile';
import type { Rule } from '../check/finding';

/** What stands at a path. */
export type EntryKind = 'file' | 'folder' | 'symlink' | 'submodule' | 'other';

/** An entry of a folder. */
export interface TreeEntry {
  name: string;
  kind: EntryKind;
  /** Git's object id of a file's content, where the source knows it. */
  blob?: string;
}

/** A GitOps tree, wherever it is kept: on disk, in Git, behind an API. Paths are from its root, with `/`; the root is `''`. */
export interface TreeSource {
  /**
   * Entries of a folder, by name; `undefined` when nothing is there.
   *
   * @throws TreeError when it is no folder, is reached through a symbolic link, or holds too much
   */
  list(folder: string): Promise<TreeEntry[] | undefined>;
  /**
   * Content of a file; `undefined` when nothing is there.
   *
   * @param limit - most bytes to take
   * @throws TreeError when it is no plain file, is larger, or cannot be read
   */
  read(path: string, limit: number): Promise<Uint8Array | undefined>;
}

/** Why something in a tree cannot be read, and what to do about it. */
export class TreeError extends Error {
  override name = 'TreeError';

  constructor(readonly rule: Rule, readonly problem: string, readonly cure: string) {
    super(`${problem}: ${cure}`);
  }
}

/** More entries of one folder are a mistake or an attack. */
export const maxEntries = 50_000;

/** Refusals that every source has in common. */
export const refusal = {
  symlink: () => errorOf(entryProblems.symlink),
  submodule: () => errorOf(entryProblems.submodule),
  notFile: () => errorOf(entryProblems.notFile),
  notFolder: () => errorOf(entryProblems.notFolder),
  tooLarge: (limit: number) => {
    const { problem, cure } = tooLarge(limit);
    return new TreeError('too-large', problem, cure);
  },
  tooMany: () =>
    new TreeError('too-many', `holds more than ${maxEntries} entries`, 'remove what is too much'),
};

function errorOf({ rule, problem, cure }: EntryProblem): TreeError {
  return new TreeError(rule, problem, cure);
}
