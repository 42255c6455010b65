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
  /** Git's mode of it, such as `100644`. */
  mode: string;
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
    entries.set(content.toString('utf8', space + 1, end), { id, type: typeOf(mode), mode });
    start = end + 21;
  }
  return entries;
}

function typeOf(mode: string): TreeEntry['type'] {
  if (mode === '40000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

/** A file that differs between two trees; a side is absent where no file is there. */
export interface TreeChange {
  before?: TreeEntry;
  after?: TreeEntry;
}

/**
 * Reads what `git diff-tree -r --raw -z --no-abbrev --no-renames` prints.
 *
 * @returns by path
 * @see https://git-scm.com/docs/git-diff#_raw_output_format
 */
export function parseTreeDiff(output: Buffer): Map<string, TreeChange> {
  const changes = new Map<string, TreeChange>();
  const tokens = output.toString('utf8').split('\0');
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    const [, oldMode, newMode, from, to] =
      /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]$/.exec(tokens[at]) ?? [];
    if (oldMode === undefined) continue;
    const side = (mode: string, id: string) => ({ id, type: typeOf(mode), mode });
    changes.set(tokens[at + 1], {
      ...(/^0+$/.test(oldMode) ? {} : { before: side(oldMode, from) }),
      ...(/^0+$/.test(newMode) ? {} : { after: side(newMode, to) }),
    });
  }
  return changes;
}
