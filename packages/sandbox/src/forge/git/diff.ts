/** What happened to one file between two trees. */
export interface FileChange {
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  path: string;
  previousPath?: string;
  /** Blob after the change; for a removed file the blob before it, as GitHub tells it. */
  blob: string;
  additions: number;
  deletions: number;
  /** The hunks, from the first `@@` on; undefined for binary, unchanged or very large contents. */
  patch?: string;
}

/** A longer patch is left out, as GitHub does; characters. */
const maxPatch = 300_000;

const statusNames: Record<string, FileChange['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** Cuts the output of `git diff -p` into its files, in their order. */
export function splitPatches(text: string): Array<string | undefined> {
  // No line of a hunk can begin like this: they begin with a space, +, - or a backslash.
  return text
    .split(/^(?=diff --git )/m)
    .filter(part => part.startsWith('diff --git '))
    .map(part => {
      const start = part.search(/^@@ /m);
      const patch = start < 0 ? undefined : part.slice(start).replace(/\n$/, '');
      return patch !== undefined && patch.length <= maxPatch ? patch : undefined;
    });
}

/** Reads `git diff-tree -r -z --raw --numstat` and, in the same order, the patches. */
export function parseChanges(raw: string, patches: Array<string | undefined>): FileChange[] {
  const fields = raw.split('\0');
  const changes: FileChange[] = [];
  let at = 0;
  for (; fields[at]?.startsWith(':'); at += 1) {
    const [, , before, after, status] = fields[at].split(' ');
    const two = status.startsWith('R') || status.startsWith('C');
    const first = fields[(at += 1)];
    const path = two ? fields[(at += 1)] : first;
    changes.push({
      status: statusNames[status[0]] ?? 'changed',
      path,
      ...(two ? { previousPath: first } : {}),
      blob: status === 'D' ? before : after,
      additions: 0,
      deletions: 0,
    });
  }
  for (const change of changes) {
    const match = /^(\d+|-)\t(\d+|-)\t/.exec(fields[at] ?? '');
    change.additions = Number(match?.[1]) || 0;
    change.deletions = Number(match?.[2]) || 0;
    // A rename has an empty path here and its two paths in fields of their own.
    at += change.previousPath === undefined ? 1 : 3;
  }
  let next = 0;
  return changes.map(change => {
    const patch = patches[next];
    // A file that turns into a symbolic link is printed as a removal and an addition.
    const parts = change.status === 'changed' ? 2 : 1;
    next += parts;
    return patch === undefined || parts > 1 ? change : { ...change, patch };
  });
}
