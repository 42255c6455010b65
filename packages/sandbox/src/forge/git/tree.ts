import path from 'node:path';
import { zeroSha } from './names';

/** One entry of a tree. */
export interface TreeEntry {
  path: string;
  /** Six digits: 100644, 100755, 120000 (symbolic link), 040000 (folder), 160000 (submodule). */
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Bytes; blobs only. */
  size?: number;
}

/** A change to make to a tree. Without `sha` the path goes. */
export interface TreeChange {
  path: string;
  mode?: string;
  sha?: string;
}

/** Reads `git ls-tree -z -l`. */
export function parseTree(output: string): TreeEntry[] {
  return output
    .split('\0')
    .filter(line => line !== '')
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
      return {
        path: line.slice(tab + 1),
        mode,
        type: type as TreeEntry['type'],
        sha,
        ...(/^\d+$/.test(size ?? '') ? { size: Number(size) } : {}),
      };
    });
}

/** Runs Git in one repository. */
type Git = (
  args: string[],
  options?: { input?: string; env?: Record<string, string> },
) => Promise<{ stdout: Buffer }>;

/** The line of an index that takes a path out of it. */
function removal(file: string): string {
  return `0 ${zeroSha}\t${file}\0`;
}

/** Makes a tree of another one and changes, through an index of its own in `folder`. Returns its SHA-1. */
export async function writeTree(
  git: Git,
  folder: string,
  base: string | undefined,
  changes: TreeChange[],
): Promise<string> {
  const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
  if (base) {
    await git(['read-tree', base], { env });
  }
  const isFolder = ({ mode, sha }: TreeChange) => mode === '040000' && sha !== undefined;
  const lines: string[] = [];
  for (const { path: file, sha } of changes.filter(isFolder)) {
    // What stood in the folder's place must go first.
    const { stdout } = await git(
      ['--literal-pathspecs', 'ls-files', '-z', '--cached', '--', file],
      { env },
    );
    const old = stdout.toString().split('\0').filter(Boolean);
    const input = old.map(removal).join('');
    await git(['update-index', '-z', '--index-info'], { env, input });
    await git(['read-tree', '-i', `--prefix=${file}/`, sha ?? ''], { env });
  }
  for (const change of changes.filter(one => !isFolder(one))) {
    const { path: file, mode, sha } = change;
    lines.push(sha ? `${mode ?? '100644'} ${sha}\t${file}\0` : removal(file));
  }
  await git(['update-index', '-z', '--replace', '--index-info'], { env, input: lines.join('') });
  return (await git(['write-tree'], { env })).stdout.toString().trim();
}
