import { entryProblems } from '../tenantFile/entryProblems';
import { finding, type Finding } from './finding';
import type { TreePlaces } from '../layout/ownTree';
import { joinPath } from '../tree/joinPath';
import type { TreeEntry, TreeSource } from '../tree/treeSource';
import { listFolder, treeFinding } from './listFolder';
import { isOpen, meets } from './nameForm';

/** A file that meets the configured pattern. */
export type FoundFile = Pick<TreeEntry, 'blob'> & { path: string };

/** Finds the files that meet `valuesPath`, level by level, so that nothing else of the tree is read. */
export async function findTenantFiles(
  tree: TreeSource,
  { valuesPath, valuesFolder }: TreePlaces,
): Promise<{ files: FoundFile[]; findings: Finding[] }> {
  const segments = valuesPath.split('/').slice(valuesFolder === '' ? 0 : count(valuesFolder));
  const last = segments.pop() ?? '';
  const found: { files: FoundFile[]; findings: Finding[] } = { files: [], findings: [] };
  let folders = [valuesFolder];
  for (const segment of segments) {
    const deeper = [];
    for (const folder of folders) deeper.push(...(await subfolders(tree, folder, segment, found)));
    folders = deeper;
  }
  for (const folder of folders) {
    // Beside a name that is given, and at the root, stands much that is none of the check's business.
    const isShared = !isOpen(last) || folder === '';
    const { entries, findings } = await listFolder(tree, folder, last, isShared);
    found.findings.push(...findings);
    found.files.push(
      ...entries.map(({ name, blob }) => ({
        path: joinPath(folder, name),
        ...(blob ? { blob } : {}),
      })),
    );
  }
  return found;
}

async function subfolders(
  tree: TreeSource,
  folder: string,
  segment: string,
  { findings }: { findings: Finding[] },
): Promise<string[]> {
  // A name that is given needs no list.
  if (!isOpen(segment)) return [joinPath(folder, segment)];
  try {
    const entries = ((await tree.list(folder)) ?? []).filter(({ name }) => meets(name, segment));
    for (const { name, kind } of entries) {
      // At the root a submodule may be anything.
      const isTold = kind === 'symlink' || (kind === 'submodule' && folder !== '');
      if (!isTold) continue;
      findings.push(finding({ file: joinPath(folder, name), ...entryProblems[kind] }));
    }
    return entries
      .filter(({ kind }) => kind === 'folder')
      .map(({ name }) => joinPath(folder, name));
  } catch (error) {
    findings.push(treeFinding(folder, error));
    return [];
  }
}

function count(folder: string): number {
  return folder.split('/').length;
}
