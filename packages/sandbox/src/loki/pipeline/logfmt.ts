import { unquote } from '../logql/unquote';
import { labelName, type LabelSet } from './labelSet';

const pair = /([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?=\s|$)/g;

function valueOf(quoted: string | undefined, plain: string | undefined): string {
  if (quoted === undefined) return plain ?? '';
  if (!quoted.includes('\\')) return quoted;
  try {
    return unquote(`"${quoted}"`);
  } catch {
    // An escape that nobody defined stands for itself.
    return quoted;
  }
}

/** Every `key=value` and `key="quoted value"` of a line. Keys without a value are left out. */
export function* logfmtPairs(line: string): Generator<[string, string]> {
  for (const [, key, quoted, plain] of line.matchAll(pair)) {
    const value = valueOf(quoted, plain);
    if (value !== '') yield [key, value];
  }
}

/** Makes labels of the pairs of a line. What is no pair is passed over, as in Loki. */
export function extractLogfmt(line: string, labels: LabelSet): void {
  for (const [key, value] of logfmtPairs(line)) labels.extract(labelName(key), value);
}
