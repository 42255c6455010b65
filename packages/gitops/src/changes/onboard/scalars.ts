import { isMap, isScalar, isSeq, parseAllDocuments, Scalar, type Document } from 'yaml';
import { readTraced } from '../../traced/readTraced';
import { plain } from '../../traced/traced';

/** A key or value of a YAML or JSON text. */
export interface PlacedScalar {
  /** The document, then keys and indexes; `|` leads into a YAML text that is itself a value. */
  path: ReadonlyArray<string | number>;
  value: string;
  /** Offsets in the text, quotes included. */
  start: number;
  end: number;
  style: 'plain' | 'single' | 'double' | 'block';
  isKey: boolean;
  /** Whether it stands between braces or brackets. */
  isInFlow: boolean;
}

const styles: Partial<Record<string, PlacedScalar['style']>> = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
};

/** The documents of a text; undefined when it is no YAML. */
export function yamlDocuments(text: string): Document.Parsed[] | undefined {
  try {
    const parsed = parseAllDocuments(text, {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    const documents = [...parsed] as Document.Parsed[];
    return documents.some(({ errors }) => errors.length > 0) ? undefined : documents;
  } catch (error) {
    // Nested too deeply for the parser.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the documents of a text say; undefined when there is none that can be read. */
export function yamlValues(text: string): unknown[] | undefined {
  const documents = readTraced('', text);
  return documents.length === 0 ? undefined : documents.map(({ value }) => plain(value));
}

/**
 * Every key and value of a text in order, also those of YAML texts behind `|`, such as `spec.source.helm.values` of an Application.
 *
 * @returns undefined when the text is no YAML
 */
export function scalarsOf(text: string): PlacedScalar[] | undefined {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  return read(text.slice(mark), [], offset => offset + mark);
}

function read(
  text: string,
  above: PlacedScalar['path'],
  placeOf: (offset: number) => number,
): PlacedScalar[] | undefined {
  const documents = yamlDocuments(text);
  if (!documents) return undefined;
  const found: PlacedScalar[] = [];
  const walk = (node: unknown, path: PlacedScalar['path'], isKey: boolean, isInFlow: boolean) => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const below = [...path, isScalar(key) ? String(key.source ?? key.value) : String(key)];
        walk(key, below, true, isInFlow || node.flow === true);
        walk(value, below, false, isInFlow || node.flow === true);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) =>
        walk(item, [...path, index], false, isInFlow || node.flow === true),
      );
    } else if (isScalar(node) && node.range && node.range[1] > node.range[0]) {
      const [start, end] = node.range;
      const inner = node.type === Scalar.BLOCK_LITERAL ? innerOf(text, start, end) : undefined;
      const within = inner && read(inner.text, [...path, '|'], at => placeOf(inner.placeOf(at)));
      if (within?.some(({ isKey: one }) => one)) found.push(...within);
      else {
        found.push({
          path,
          value: typeof node.value === 'string' ? node.value : node.source ?? '',
          start: placeOf(start),
          end: placeOf(end),
          style: styles[node.type ?? ''] ?? 'block',
          isKey,
          isInFlow,
        });
      }
    }
  };
  documents.forEach(({ contents }, index) => walk(contents, [...above, index], false, false));
  return found;
}

/** The text behind `|` without its indentation, and where each of its characters stands. */
function innerOf(text: string, start: number, end: number) {
  const first = text.indexOf('\n', start) + 1;
  if (first === 0 || first > end) return undefined;
  const lines = text.slice(first, end).split('\n');
  const content = lines.find(line => line.trim() !== '') ?? '';
  // Whoever says the indentation has lines that begin with more.
  if (/\d/.test(text.slice(start, first).replace(/#.*/s, ''))) return undefined;
  const indent = content.length - content.trimStart().length;
  const starts: Array<{ inner: number; outer: number }> = [];
  let outer = first;
  let inner = 0;
  const bare = lines.map(line => {
    const cut = line.slice(Math.min(indent, line.length - line.trimStart().length));
    starts.push({ inner, outer: outer + line.length - cut.length });
    inner += cut.length + 1;
    outer += line.length + 1;
    return cut;
  });
  return {
    text: bare.join('\n'),
    placeOf: (offset: number) => {
      const line = starts.findLast(one => one.inner <= offset) ?? starts[0];
      return line.outer + offset - line.inner;
    },
  };
}
