import { flatTree, kindOfMode, type FlatEntry } from '../tree/flatTree';
import { maxEntries, refusal, type TreeSource } from '../tree/treeSource';
import { git } from './git';

interface GitEntry extends FlatEntry {
  size: number;
}

/**
 * The tree of a commit, as far as it is below some folders.
 *
 * @param directory - absolute path of the GitOps tree within a checkout; paths are relative to it
 * @param commit - full object id
 * @param folders - which folders are looked at
 */
export async function gitTree(
  directory: string,
  commit: string,
  folders: string[],
): Promise<TreeSource & { entries: ReadonlyMap<string, GitEntry>; readMany: ReadMany }> {
  const listing = await git(directory, ['ls-tree', '-r', '-z', '-l', commit, '--', ...folders]);
  const entries = new Map<string, GitEntry>();
  for (const line of listing.toString('utf8').split('\0')) {
    const found = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
    if (!found) continue;
    const [, mode, , blob, size, path] = found;
    entries.set(path, { kind: kindOfMode(mode), blob, size: Number(size) || 0 });
    if (entries.size > maxEntries * 4) throw refusal.tooMany();
  }
  const readMany: ReadMany = blobs => readBlobs(directory, blobs);
  const read = async ({ blob, size }: GitEntry, limit: number) =>
    size > limit ? undefined : (await readMany([blob])).get(blob);
  const requireBeyond = (path: string) => requireFolders(directory, commit, path);
  return { entries, readMany, ...flatTree(entries, read, requireBeyond) };
}

/** Contents by object id, in one question. */
export type ReadMany = (blobs: string[]) => Promise<Map<string, Uint8Array>>;

/** What is behind a link is not in the tree: it must not be taken for missing. @throws TreeError */
async function requireFolders(directory: string, commit: string, path: string): Promise<void> {
  const parts = path.split('/').slice(0, -1);
  if (parts.length === 0) return;
  const parents = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const listing = await git(directory, ['ls-tree', '-z', commit, '--', ...parents]);
  const modes = listing.toString('utf8').split('\0').filter(Boolean);
  if (modes.some(line => line.startsWith('120000'))) throw refusal.symlink();
  if (modes.some(line => !line.startsWith('040000'))) throw refusal.notFolder();
}

async function readBlobs(directory: string, blobs: string[]): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  if (blobs.length === 0) return contents;
  const answer = await git(directory, ['cat-file', '--batch'], `${blobs.join('\n')}\n`);
  let at = 0;
  for (const blob of blobs) {
    const end = answer.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(answer.toString('latin1', at, end))?.[1]);
    if (!Number.isFinite(size)) throw refusal.notFile();
    contents.set(blob, answer.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}
