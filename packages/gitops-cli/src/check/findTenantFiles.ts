import { finding, type Finding } from '../finding';
import type { TreePlaces } from '../layout';
import { joinPath } from '../tree/joinPath';
import { refusal, type TreeEntry, type TreeSource } from '../tree/treeSource';
import { listFolder, treeFinding } from './listFolder';

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
    const { entries, findings } =
      isOpen(last) && folder !== ''
        ? await listFolder(tree, folder, last.slice(last.search(/[}*][^}*]*$/) + 1))
        : await listFolder(tree, folder, '', name => meets(name, last));
    found.findings.push(...findings);
    found.files.push(
      ...entries
        .filter(({ name }) => meets(name, last))
        .map(({ name, blob }) => ({ path: joinPath(folder, name), ...(blob ? { blob } : {}) })),
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
      if (kind === 'folder' || kind === 'file') continue;
      const { rule, problem, cure } = kind === 'symlink' ? refusal.symlink() : refusal.notFolder();
      findings.push(finding({ rule, file: joinPath(folder, name), problem, cure }));
    }
    return entries
      .filter(({ kind }) => kind === 'folder')
      .map(({ name }) => joinPath(folder, name));
  } catch (error) {
    findings.push(treeFinding(folder, error));
    return [];
  }
}

function isOpen(segment: string): boolean {
  return /[{*]/.test(segment);
}

/** Whether a name may stand where the pattern has this segment. */
function meets(name: string, segment: string): boolean {
  const pattern = segment
    .split(/(\{tenant\}|\*)/)
    .map(part => {
      if (part === '{tenant}') return '.+';
      return part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${pattern}$`, 's').test(name);
}

function count(folder: string): number {
  return folder.split('/').length;
}
