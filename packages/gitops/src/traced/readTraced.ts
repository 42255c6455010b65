import {
  aliasTargets,
  entriesOf,
  hasLooseAlias,
  resolve as resolveAlias,
  type AliasTargets,
} from '../yaml/yamlValue';
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  Scalar,
  type Document,
} from 'yaml';
import { settle } from './marks';
import type { KeyPath, Origin, Traced, TracedDocument } from './traced';

/** An alias that holds itself, and what is nested deeper, is no configuration. */
const maxDepth = 100;
/** Values of one file; aliases of aliases can make any number. */
const maxValues = 400_000;

/**
 * Reads the documents of a YAML or JSON file with the place of every value. More lenient than the reader of tenant files:
 * what another tool accepts is read; a file with an error of syntax is none.
 *
 * @param shift - the place of a text that is itself a value of a file: its origin and the line before its first
 */
export function readTraced(
  file: string,
  text: string,
  shift?: { origin: Origin; linesBefore: number },
): TracedDocument[] {
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text.replace(/^\ufeff/, ''), {
      uniqueKeys: false,
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch {
    // Nested too deep for the parser: no manifest.
    return [];
  }
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  if (text.includes('*') && documents.some(one => hasLooseAlias(one, aliasTargets(one)))) return [];
  return documents.flatMap((document, index) => {
    if (document.contents === null) return [];
    const reading = {
      file,
      lines,
      document: index,
      shift,
      targets: aliasTargets(document),
      left: maxValues,
    };
    const value = trace(document.contents, [], reading);
    return value ? [{ file, index, value }] : [];
  });
}

interface Reading {
  file: string;
  lines: LineCounter;
  document: number;
  targets: AliasTargets;
  shift?: { origin: Origin; linesBefore: number };
  left: number;
}

function trace(node: unknown, path: KeyPath, reading: Reading): Traced | undefined {
  reading.left -= 1;
  if (path.length > maxDepth || reading.left < 0) return undefined;
  const real = resolveAlias(node, reading.targets);
  const origin = originOf(real, path, reading);
  if (isMap(real)) {
    const entries = new Map<string, Traced>();
    for (const [key, pair] of entriesOf(real.items, reading.targets)) {
      const value = trace(pair.value, [...path, key], reading);
      if (value) entries.set(key, value);
    }
    return { kind: 'map', entries, origin };
  }
  if (isSeq(real)) {
    const items = real.items.map((item, index) => trace(item, [...path, index], reading));
    return { kind: 'list', items: items.filter(item => item !== undefined), origin };
  }
  if (!isScalar(real)) return { kind: 'scalar', value: null, source: '', plain: true, origin };
  const value = scalarValue(real);
  const source = typeof real.source === 'string' ? real.source : String(value);
  const isBlock = real.type === Scalar.BLOCK_LITERAL || real.type === Scalar.BLOCK_FOLDED;
  const plain = real.type === Scalar.PLAIN;
  return { kind: 'scalar', value, source, plain, ...(isBlock ? { isBlock } : {}), origin };
}

function scalarValue({ value, source }: Scalar): string | number | boolean | null {
  if (typeof value === 'bigint') return source ?? String(value);
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return value as string | number | boolean | null;
  }
  return source ?? null;
}

function originOf(node: unknown, path: KeyPath, reading: Reading): Origin {
  const offset = isNode(node) ? node.range?.[0] ?? 0 : 0;
  const line = Math.max(1, reading.lines.linePos(offset).line);
  const { shift, file, document } = reading;
  if (!shift) return { file, line, document, path };
  return { ...shift.origin, line: line + shift.linesBefore, inner: path };
}

/**
 * The first document of a YAML text that is a value of a file, such as `spec.source.helm.values`.
 *
 * @param outer - the text and where it stands
 */
export function readInner(outer: Traced | undefined): Traced | undefined {
  if (outer?.kind !== 'scalar' || typeof outer.value !== 'string') return undefined;
  const { origin, value } = outer;
  // The content of a block begins on the line below its "|"; any other text stands on its own line.
  const linesBefore = origin ? origin.line - (outer.isBlock ? 0 : 1) : 0;
  const shift = origin && { origin, linesBefore };
  const inner = readTraced(origin?.file ?? '', value, shift)[0]?.value;
  if (!inner) return undefined;
  if (!origin) return withPlaces(inner, outer.placeOf ?? (() => undefined));
  return outer.marks ? settle(inner, outer.marks) : inner;
}

/** Gives every scalar the place where its text originates, and everything else none. */
export function withPlaces(value: Traced, placeOf: (text: string) => Origin | undefined): Traced {
  if (value.kind === 'list') {
    return { kind: 'list', items: value.items.map(item => withPlaces(item, placeOf)) };
  }
  if (value.kind === 'map') {
    const entries = new Map(
      [...value.entries].map(([key, entry]) => [key, withPlaces(entry, placeOf)]),
    );
    return { kind: 'map', entries };
  }
  const text = typeof value.value === 'string' ? value.value : value.source;
  return { ...value, plain: false, origin: placeOf(text), placeOf };
}
