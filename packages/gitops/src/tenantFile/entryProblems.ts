/** Why something of a tree is no tenant file, and what to do about it: the same words wherever a tree is read. */
export interface EntryProblem {
  rule: 'symlink' | 'not-a-file' | 'unexpected-file' | 'empty' | 'binary' | 'encoding';
  /** What is wrong; goes on after the path. */
  problem: string;
  /** What to do about it: a clause that begins with a verb. */
  cure: string;
}

/** What may stand at a path instead of what is looked for. */
export const entryProblems = {
  symlink: {
    rule: 'symlink',
    problem: 'is a symbolic link',
    cure: 'replace it by the file or folder itself',
  },
  submodule: {
    rule: 'not-a-file',
    problem: 'is a submodule, of which nothing is read',
    cure: 'put the folder itself in its place',
  },
  notFile: { rule: 'not-a-file', problem: 'is no file', cure: 'put a plain file in its place' },
  notFolder: { rule: 'not-a-file', problem: 'is no folder', cure: 'put a folder in its place' },
} as const satisfies Record<string, EntryProblem>;

/** Files that may stand beside those that are read. */
const bystanders = new Set(['.gitkeep', 'README.md']);

/** Whether nothing is to be said of a file beside those that are read. */
export function isBystander(name: string): boolean {
  return bystanders.has(name);
}

/**
 * Of what stands where tenant files are, and is called otherwise.
 *
 * @param form - the last part of `valuesPath`
 */
export function unexpectedEntry(form: string): EntryProblem {
  const shown = form.replace(/\{(\w+)\}/g, '<$1>');
  const [, suffix] = /^\{\w+\}([^{}*]*)$/.exec(form) ?? [];
  const names = suffix === undefined ? `are like "${shown}"` : `end with "${suffix}"`;
  return {
    rule: 'unexpected-file',
    problem: `is not looked at by anything: names of files here ${names}`,
    cure: `rename it to ${shown}, or move it elsewhere`,
  };
}
