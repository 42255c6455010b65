import { entryProblems } from '../tenantFile/entryProblems';
import { finding, type Finding } from './finding';
import { defaultPlaces, layout, type TreePlaces } from '../layout/ownTree';
import { maxEntries, TreeError, type TreeSource } from '../tree/treeSource';
import { treeFinding } from './listFolder';

/**
 * Finds symbolic links wherever Argo CD, Helm or Kustomize would follow them: one could bring in a file from outside the
 * repository.
 */
export async function linkFindings(
  tree: TreeSource,
  { valuesPath, valuesFolder }: TreePlaces = defaultPlaces,
): Promise<Finding[]> {
  // Folders whose entries are looked at one by one elsewhere; below that of the tenants there may be more.
  const isFlat = !valuesPath.slice(valuesFolder.length + 1).includes('/');
  const lookedAt = new Set<string>([layout.applications, layout.projects]);
  if (isFlat) lookedAt.add(valuesFolder);
  const found: Finding[] = [];
  const folders: string[] = [layout.gitops, layout.workloadChart, layout.fenceChart];
  const isElsewhere = valuesFolder !== '' && !`${valuesFolder}/`.startsWith(`${layout.gitops}/`);
  if (isElsewhere && !isFlat) folders.push(valuesFolder);
  let entries = 0;
  for (
    let folder = folders.pop();
    folder !== undefined && entries < maxEntries;
    folder = folders.pop()
  ) {
    for (const { name, kind } of await entriesOf(tree, folder, found)) {
      entries += 1;
      const path = `${folder}/${name}`;
      if (kind === 'folder' && !lookedAt.has(path)) folders.push(path);
      if (kind === 'symlink' && !lookedAt.has(path)) {
        found.push(finding({ file: path, ...entryProblems.symlink }));
      }
    }
  }
  return found;
}

async function entriesOf(tree: TreeSource, folder: string, found: Finding[]) {
  try {
    return (await tree.list(folder)) ?? [];
  } catch (error) {
    if (error instanceof TreeError) found.push(treeFinding(folder, error));
    else throw error;
    return [];
  }
}
