import { isMap, isNode, isPair, isScalar, type Document, type LineCounter } from 'yaml';

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

/** A path of keys and indexes, as people write it. */
export function formatKey(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'file';
}

/** One line for people: `line 3: freezes.0.until: must be ...`. */
export function formatYamlProblem({ line, key, text }: YamlProblem): string {
  return `${line === undefined ? '' : `line ${line}: `}${key}: ${text}`;
}

/**
 * Where a path stands in a document: at its key, where it has one, else at its value; of a path that is missing, the
 * nearest part that is there.
 */
export function placeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): YamlPlace {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = startOf(document, path.slice(0, length));
    if (offset !== undefined) return atOffset(lines, offset);
  }
  return atOffset(lines, document.contents?.range?.[0] ?? 0);
}

/** The line and column of a character. */
export function atOffset(lines: LineCounter, offset: number): YamlPlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function startOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown =
    path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const pair = parent.items.find(
      item =>
        isPair(item) && String(isScalar(item.key) ? item.key.value : item.key) === String(last),
    );
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const value: unknown = document.getIn(path, true);
  return isNode(value) ? value.range?.[0] : undefined;
}
