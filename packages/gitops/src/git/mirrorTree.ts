import { flatTree, type FlatEntry } from '../tree/flatTree';
import type { TreeSource } from '../tree/treeSource';
import type { Mirror } from './Mirror';

/**
 * The tree of a commit, read from a mirror.
 *
 * @param isWanted - which files are going to be read: their contents are brought over together
 * @throws GitFault
 */
export async function mirrorTree(
  mirror: Mirror,
  commit: string,
  isWanted: (path: string) => boolean,
): Promise<TreeSource> {
  const files = await mirror.files(commit);
  const isPlain = ({ kind, path }: (typeof files)[number]) => !kind && isWanted(path);
  await mirror.bringOver(files.filter(isPlain).map(({ id }) => id));
  const entries = new Map(
    files.map(({ path, id, kind }): [string, FlatEntry] => [
      path,
      { kind: kind ?? 'file', blob: id },
    ]),
  );
  return flatTree(entries, async ({ blob }, limit) =>
    (await mirror.contents([blob], limit)).get(blob),
  );
}
