import {
  aliasTargets,
  entriesOf,
  resolve as resolveAlias,
  type AliasTargets,
} from '../yaml/yamlValue';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  Scalar,
  visit,
  type Document,
} from 'yaml';
import { nameOfPart, type KeyPath } from '../traced/traced';
import { EditError } from './EditError';
import type { Region } from './region';

const styles = {
  [Scalar.PLAIN]: 'plain',
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
} as const;

/**
 * The scalar that a path leads to in a YAML or JSON text; a text in a list is the `name` of an item.
 *
 * @param document - position among the documents, from 0
 * @returns undefined when there is none
 * @throws EditError when it cannot be told apart from others: an alias, an anchor that others use, a text over several lines
 */
export function yamlRegion(text: string, document: number, path: KeyPath): Region | undefined {
  const lines = new LineCounter();
  const { tree, targets, mark } = parse(text, document, lines);
  if (!tree) return undefined;
  const { node, shared } = follow(tree.contents, path, targets);
  if (shared || isAlias(node)) {
    throw new EditError('an anchor (&) or a merge key (<<) brings it in: write the value out');
  }
  if (!isScalar(node) || !node.range) return undefined;
  if (node.anchor !== undefined && isUsed(tree, node.anchor)) {
    throw new EditError(`it is the anchor &${node.anchor} of other values: write these out`);
  }
  const style = styles[node.type as keyof typeof styles];
  const [start, end] = node.range.map(offset => offset + mark);
  if (style === undefined || text.slice(start, end).includes('\n')) {
    throw new EditError('it goes over several lines: write it on one');
  }
  const value = typeof node.value === 'string' ? node.value : node.source ?? '';
  return { value, start, end, style, line: Math.max(1, lines.linePos(node.range[0]).line) };
}

/** @returns mark - characters before the first of YAML: a byte order mark */
function parse(text: string, document: number, lines: LineCounter) {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const parsed = parseAllDocuments(text.slice(mark), {
    uniqueKeys: false,
    lineCounter: lines,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const documents: Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
  if (documents.some(({ errors }) => errors.length > 0)) throw new EditError('it is no YAML');
  const tree = documents[document] as Document.Parsed | undefined;
  return { tree, targets: tree ? aliasTargets(tree) : new Map(), mark };
}

function follow(root: unknown, path: KeyPath, targets: AliasTargets) {
  let node: unknown = root;
  let shared = false;
  for (const part of path.map(nameOfPart)) {
    shared ||= isAlias(node);
    const real = resolveAlias(node, targets);
    if (isMap(real)) {
      const pair = entriesOf(real.items, targets).get(String(part));
      shared ||= pair !== undefined && !real.items.includes(pair);
      node = pair?.value;
    } else if (isSeq(real)) {
      node =
        typeof part === 'number'
          ? real.items[part]
          : real.items.find(item => isMap(item) && item.get('name') === part);
    } else node = undefined;
  }
  return { node, shared };
}

function isUsed(document: Document, anchor: string): boolean {
  let used = false;
  visit(document, {
    Alias(_, { source }) {
      used ||= source === anchor;
    },
  });
  return used;
}
