/** A file of a commit. */
export interface TreeFile {
  path: string;
  /** Name of the content. */
  id: string;
  /** What stands there instead of a plain file. */
  kind?: 'symlink' | 'submodule';
}

/** What stands at a path; a submodule is the commit of another repository. */
export interface TreeEntry {
  id: string;
  type: 'tree' | 'blob' | 'commit';
}

const kinds: Record<string, TreeFile['kind']> = { 120000: 'symlink', 160000: 'submodule' };

/**
 * Reads what `git ls-tree -r -z` prints.
 *
 * @see https://git-scm.com/docs/git-ls-tree#_output_format
 */
export function parseTree(output: Buffer): TreeFile[] {
  return output
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const tab = line.indexOf('\t');
      if (tab < 0) return [];
      const [mode, , id] = line.slice(0, tab).split(' ');
      const kind = kinds[mode];
      return [{ path: line.slice(tab + 1), id, ...(kind ? { kind } : {}) }];
    });
}

/**
 * What a tree object holds, by name.
 *
 * @param content - entries of mode, name and the name of the object in binary
 * @see https://git-scm.com/docs/git-mktree
 */
export function parseEntries(content: Buffer): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(32, start);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0) break;
    const mode = content.toString('latin1', start, space);
    const id = content.toString('hex', end + 1, end + 21);
    entries.set(content.toString('utf8', space + 1, end), { id, type: typeOf(mode) });
    start = end + 21;
  }
  return entries;
}

function typeOf(mode: string): TreeEntry['type'] {
  if (mode === '40000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}
