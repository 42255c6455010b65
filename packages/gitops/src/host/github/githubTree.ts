import { blobId } from '../../git/blobId';
import { refusal, type EntryKind, type TreeEntry, type TreeSource } from '../../tree/treeSource';
import type { GithubRepository, ListingEntry } from './GithubRepository';

/**
 * The tree of a commit, read through the API.
 *
 * @param root - id of the commit's tree
 * @param local - a checkout that most files are likely to be the same in: these are not fetched
 */
export function githubTree(
  repository: Pick<GithubRepository, 'listing' | 'blob'>,
  root: string,
  local?: TreeSource,
): TreeSource {
  /** The entry at a path; `undefined` when nothing is there. */
  async function find(path: string): Promise<ListingEntry | undefined> {
    const parts = path.split('/');
    let sha = root;
    for (const [index, part] of parts.entries()) {
      const entry = (await repository.listing(sha)).get(part);
      if (!entry || index === parts.length - 1) return entry;
      if (kindOf(entry.mode) === 'symlink') throw refusal.symlink();
      if (kindOf(entry.mode) !== 'folder') throw refusal.notFolder();
      sha = entry.sha;
    }
    return undefined;
  }

  /** The id of a folder's tree; `undefined` when nothing is there. */
  async function findFolder(folder: string): Promise<string | undefined> {
    if (folder === '') return root;
    const entry = await find(folder);
    if (!entry) return undefined;
    if (kindOf(entry.mode) === 'symlink') throw refusal.symlink();
    if (kindOf(entry.mode) !== 'folder') throw refusal.notFolder();
    return entry.sha;
  }

  return {
    async list(folder) {
      const sha = await findFolder(folder);
      if (sha === undefined) return undefined;
      return [...(await repository.listing(sha)).values()]
        .map(toEntry)
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async read(path, limit) {
      const entry = await find(path);
      if (!entry) return undefined;
      if (kindOf(entry.mode) === 'symlink') throw refusal.symlink();
      if (kindOf(entry.mode) !== 'file') throw refusal.notFile();
      if ((entry.size ?? 0) > limit) throw refusal.tooLarge(limit);
      return (await sameFile(local, path, entry.sha, limit)) ?? repository.blob(entry.sha);
    },
  };
}

/** The local file, when it is the very same. */
async function sameFile(
  local: TreeSource | undefined,
  path: string,
  sha: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  const content = await local?.read(path, limit).catch(() => undefined);
  return content && blobId(content, sha.length) === sha ? content : undefined;
}

function toEntry({ path, mode, sha }: ListingEntry): TreeEntry {
  const kind = kindOf(mode);
  return { name: path, kind, ...(kind === 'file' ? { blob: sha } : {}) };
}

/** Modes of Git's tree entries. */
function kindOf(mode: string): EntryKind {
  if (mode === '040000') return 'folder';
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return mode.startsWith('100') ? 'file' : 'other';
}
