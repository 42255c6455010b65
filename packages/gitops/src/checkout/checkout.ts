import type { TracedDocument } from '../traced/traced';
import { readTraced } from '../traced/readTraced';

/** A checkout of a GitOps repository: names at once, contents when they are asked for. Paths from its root, with `/`. */
export interface Checkout {
  /** Every plain file, sorted; symbolic links and Git's own files are none. */
  readonly files: readonly string[];
  /** Symbolic links, where the checkout knows of them. */
  readonly links?: readonly string[];
  has(file: string): boolean;
  isFolder(folder: string): boolean;
  /** Names of the files and folders in a folder, sorted; empty when it is none. */
  list(folder: string): readonly string[];
  /** Content of a file; undefined when it is missing, too large or no text. */
  text(file: string): string | undefined;
  /** The YAML or JSON documents of a file; empty when it cannot be read as such. */
  documents(file: string): readonly TracedDocument[];
  /** What the checkout knows of its origin. */
  readonly identity: RepositoryIdentity;
  /** The same repository at another branch, tag or commit; undefined when that is not here. */
  at?(revision: string): Checkout | undefined;
}

/** Where a checkout comes from, as far as it says. */
export interface RepositoryIdentity {
  /** Address of its remote `origin`. */
  origin?: string;
  /** Names of the branches and tags that stand at what is checked out. */
  revisions: readonly string[];
}

/** A {@link Checkout} over a list of files and a way to read them. */
export function makeCheckout(
  names: readonly string[],
  read: (file: string) => string | undefined,
  identity: RepositoryIdentity = { revisions: [] },
): Checkout {
  const files = [...names].sort();
  const known = new Set(files);
  const folders = foldersOf(files);
  const texts = new Map<string, string | undefined>();
  const parsed = new Map<string, readonly TracedDocument[]>();
  const checkout: Checkout = {
    files,
    identity,
    has: file => known.has(file),
    isFolder: folder => folders.has(folder),
    list: folder => [...(folders.get(folder) ?? [])],
    text(file) {
      if (!known.has(file)) return undefined;
      if (!texts.has(file)) texts.set(file, read(file));
      return texts.get(file);
    },
    documents(file) {
      const found = parsed.get(file);
      if (found) return found;
      const text = checkout.text(file);
      const documents = text === undefined ? [] : readTraced(file, text);
      parsed.set(file, documents);
      return documents;
    },
  };
  return checkout;
}

/** A checkout of texts by path, for tests and for what is not on disk. */
export function memoryCheckout(
  files: Readonly<Record<string, string>>,
  identity?: RepositoryIdentity,
): Checkout {
  return makeCheckout(Object.keys(files), file => files[file], identity);
}

/** Entries of each folder; the root is the empty text. */
function foldersOf(files: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  for (const file of files) {
    let name = file;
    for (let slash = name.lastIndexOf('/'); ; slash = name.lastIndexOf('/')) {
      const folder = name.slice(0, Math.max(0, slash));
      const entries = folders.get(folder) ?? new Set();
      const isKnown = folders.has(folder) && folder !== '';
      entries.add(name.slice(slash + 1));
      folders.set(folder, entries);
      if (slash < 0 || isKnown) break;
      name = folder;
    }
  }
  return folders;
}
