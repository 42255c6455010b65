import type { GithubRepository, Listing, ListingEntry } from './GithubRepository';

/** A path that differs between two trees; a side is absent where nothing is there. */
export interface TreeChange {
  before?: ListingEntry;
  after?: ListingEntry;
}

/** Git's mode of a folder. */
const folderMode = '040000';
/** More folders than a bump ever changes. */
const maxFolders = 100;

/**
 * What differs between two trees: folders of the same id are the same and are not opened, so that the size of the trees does
 * not matter and no list of changed files is needed, which hosts cut.
 *
 * @param from - id of a tree
 * @param to - id of the other tree
 * @returns by path; `undefined` when more folders differ than a bump ever changes
 */
export async function treeChanges(
  repository: Pick<GithubRepository, 'listing'>,
  from: string,
  to: string,
): Promise<Map<string, TreeChange> | undefined> {
  const found = new Map<string, TreeChange>();
  const nothing: Listing = new Map();
  let folders = 0;

  async function compare(prefix: string, one: string | undefined, other: string | undefined) {
    folders += 1;
    if (folders > maxFolders) return;
    const [before, after] = await Promise.all(
      [one, other].map(sha => (sha === undefined ? nothing : repository.listing(sha))),
    );
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(name), after.get(name)];
      if (isSame(old, now)) continue;
      const path = `${prefix}${name}`;
      const [oldFolder, nowFolder] = [old, now].map(entry =>
        entry?.mode === folderMode ? entry.sha : undefined,
      );
      if (oldFolder !== undefined || nowFolder !== undefined) {
        await compare(`${path}/`, oldFolder, nowFolder);
      }
      const isFileBefore = old !== undefined && oldFolder === undefined;
      const isFileAfter = now !== undefined && nowFolder === undefined;
      if (isFileBefore || isFileAfter) {
        found.set(path, {
          ...(isFileBefore ? { before: old } : {}),
          ...(isFileAfter ? { after: now } : {}),
        });
      }
    }
  }

  if (from !== to) await compare('', from, to);
  return folders > maxFolders ? undefined : found;
}

/** The file at a path of a tree; `undefined` when nothing or a folder is there. */
export async function fileAt(
  repository: Pick<GithubRepository, 'listing'>,
  tree: string,
  path: string,
): Promise<ListingEntry | undefined> {
  let sha = tree;
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  for (const part of parts) {
    const folder = (await repository.listing(sha)).get(part);
    if (folder?.mode !== folderMode) return undefined;
    sha = folder.sha;
  }
  const entry = (await repository.listing(sha)).get(name);
  return entry?.mode === folderMode ? undefined : entry;
}

/** Whether two entries are the same content in the same mode, or both absent. */
export function isSame(one: ListingEntry | undefined, other: ListingEntry | undefined): boolean {
  return one?.sha === other?.sha && one?.mode === other?.mode;
}
