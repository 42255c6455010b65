import { refusal, type EntryKind, type TreeEntry, type TreeSource } from './treeSource';

/** A file of a commit, by its path. */
export interface FlatEntry {
  kind: EntryKind;
  /** Git's object id of its content. */
  blob: string;
}

/**
 * A tree from the list of its files.
 *
 * @param read - the content of a file; undefined when it is larger than the limit
 * @param requireFolders - throws a TreeError when something above a path that was not found is no folder
 */
export function flatTree<File extends FlatEntry>(
  entries: ReadonlyMap<string, File>,
  read: (file: File, limit: number) => Promise<Uint8Array | undefined>,
  requireFolders: (path: string) => Promise<void> | void = path => parentsAre(entries, path),
): TreeSource {
  const folders = foldersOf(entries);
  return {
    async list(folder) {
      const file = entries.get(folder);
      if (file) throw file.kind === 'symlink' ? refusal.symlink() : refusal.notFolder();
      const found = folders.get(folder);
      if (!found) await requireFolders(folder);
      return found && [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async read(path, limit) {
      const entry = entries.get(path);
      if (!entry) {
        if (folders.has(path)) throw refusal.notFile();
        await requireFolders(path);
        return undefined;
      }
      if (entry.kind === 'symlink') throw refusal.symlink();
      if (entry.kind !== 'file') throw refusal.notFile();
      const content = await read(entry, limit);
      if (!content) throw refusal.tooLarge(limit);
      return content;
    },
  };
}

/** What is behind a link is not in the tree: it must not be taken for missing. */
function parentsAre(entries: ReadonlyMap<string, FlatEntry>, path: string): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const parent = entries.get(path.slice(0, end));
    if (parent) throw parent.kind === 'symlink' ? refusal.symlink() : refusal.notFolder();
  }
}

/** Entries of each folder by name; the root is the empty text. */
function foldersOf(entries: ReadonlyMap<string, FlatEntry>): Map<string, Map<string, TreeEntry>> {
  const folders = new Map<string, Map<string, TreeEntry>>();
  const add = (path: string, entry: Omit<TreeEntry, 'name'>) => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, slash));
    const name = path.slice(slash + 1);
    const known = folders.get(folder);
    if (known) known.set(name, { name, ...entry });
    else {
      folders.set(folder, new Map([[name, { name, ...entry }]]));
      if (folder !== '') add(folder, { kind: 'folder' });
    }
  };
  for (const [path, { kind, blob }] of entries) add(path, { kind, blob });
  return folders;
}

/** What stands behind a mode of Git's tree entries, in six digits. */
export function kindOfMode(mode: string): EntryKind {
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return mode.startsWith('100') ? 'file' : 'other';
}
