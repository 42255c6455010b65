/** What a finding is about; stable, for machines. */
export type Rule =
  | 'symlink'
  | 'not-a-file'
  | 'unreadable'
  | 'too-large'
  | 'too-many'
  | 'empty'
  | 'binary'
  | 'encoding'
  | 'yaml'
  | 'duplicate-key'
  | 'alias'
  | 'ambiguous-value'
  | 'unknown-key'
  | 'encrypted'
  | 'schema'
  | 'name-mismatch'
  | 'unexpected-file'
  | 'orphan'
  | 'application'
  | 'project'
  | 'duplicate-namespace'
  | 'owner-group'
  | 'policy'
  | 'ring'
  | 'bad-version'
  | 'frozen'
  | 'held'
  | 'image'
  | 'registry'
  | 'render'
  | 'layout';

/** Something that `gitops check` found. */
export interface Finding {
  rule: Rule;
  /** An error refuses the tree, a warning does not. */
  severity: 'error' | 'warning';
  /** From the tree's root, with `/`. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** The key at fault, with dots; `file` for the whole of it. */
  key: string;
  /** What is wrong; goes on after the key. */
  problem: string;
  /** What to do about it: a clause that begins with a verb. */
  cure: string;
}

/** A finding as rules make it: an error of the whole file where nothing else is said. */
export type NewFinding = Pick<Finding, 'rule' | 'file' | 'problem' | 'cure'> & Partial<Finding>;

/** Fills in what a rule has left out. */
export function finding(given: NewFinding): Finding {
  return { severity: 'error', line: 1, column: 1, key: 'file', ...given };
}

/** By file, then by place. */
export function compareFindings(one: Finding, other: Finding): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

/** More than this of one file tells nothing new. */
const findingsPerFile = 20;

/** The first findings of a file, and how many there are beside. */
export function atMost(findings: Finding[]): Finding[] {
  if (findings.length <= findingsPerFile) return findings;
  const rest = findings.length - findingsPerFile;
  const last = findings[findingsPerFile];
  return [
    ...findings.slice(0, findingsPerFile),
    { ...last, problem: `and ${rest} more problems`, cure: 'mend those above first', key: 'file' },
  ];
}
