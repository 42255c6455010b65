import type { LineCounter } from 'yaml';

/** What is wrong with a YAML file, and where. Lines and columns count from 1. */
export interface YamlProblem {
  line?: number;
  column?: number;
  /** The key at fault with dots, for example `freezes.0.until`; `file` for the whole of it. */
  key: string;
  /** One sentence that says what is wrong and how to mend it; without the key. */
  text: string;
}

/** Place of a problem within its file. Lines and columns count from 1. */
export interface YamlPlace {
  line: number;
  column: number;
}

/** What a problem is about; stable, for machines. */
export type ProblemRule =
  | 'yaml'
  | 'duplicate-key'
  | 'alias'
  | 'ambiguous-value'
  | 'too-large'
  | 'schema'
  | 'unknown-key'
  | 'encrypted'
  | 'name-mismatch';

/** What is wrong with a file, where, and what to do about it: the same words wherever it is read. */
export interface PlacedProblem extends YamlPlace {
  rule: ProblemRule;
  /** The key at fault with dots; `file` for the whole of it. */
  key: string;
  /** What is wrong; goes on after the key. */
  problem: string;
  /** What to do about it: a clause that begins with a verb. */
  cure: string;
}

/** A path of keys and indexes, as people write it. */
export function formatKey(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'file';
}

/** One line for people: `line 3: freezes.0.until: must be ...`. */
export function formatYamlProblem({ line, key, text }: YamlProblem): string {
  return `${line === undefined ? '' : `line ${line}: `}${key}: ${text}`;
}

/** One line for people: `line 9: image.tag: is 1.10, which YAML takes for a number (1.1): put it in quotes`. */
export function formatProblem({ rule, line, key, problem, cure }: PlacedProblem): string {
  // Of the whole file, the first line says nothing.
  const place = key === 'file' && rule !== 'yaml' ? {} : { line };
  return formatYamlProblem({ ...place, key, text: `${problem}: ${cure}` });
}

/** The line and column of a character. */
export function atOffset(lines: LineCounter, offset: number): YamlPlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
