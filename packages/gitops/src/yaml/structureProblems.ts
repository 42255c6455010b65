import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  Scalar,
  visit,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { explodingAlias } from './aliasProblems';
import { ambiguity } from './ambiguity';
import { explain } from './yamlErrors';
import { atOffset, formatKey, type PlacedProblem } from './yamlProblem';
import { isMergeable, isMergeKey, type AliasTargets } from './yamlValue';

/** Escapes of double quotes that Helm's reader does not know: of a slash, and half of a pair of UTF-16. */
const strangeEscape = /^(?:[^\\]|\\[^/u]|\\u(?!d[89a-f])[0-9a-f]{4})*\\(?:\/|ud[89a-f])/is;

/** Tags that every reader takes for the same. */
const plainTags = new Set(
  ['str', 'map', 'seq', 'int', 'bool', 'null'].map(name => `tag:yaml.org,2002:${name}`),
);
/** An instant with this tag is the same text to Helm; a date alone is midnight somewhere to others. */
const timeTag = 'tag:yaml.org,2002:timestamp';

/** Keys that are the same text to every reader although they are written as numbers. */
const plainNumber = /^(0|-?[1-9][0-9]{0,14})$/;

const strangeTag = {
  problem: 'has a tag that not every reader takes for the same',
  cure: 'remove the tag ("!..."), and put the value in quotes when it is a text',
};
const questionMark = {
  problem: 'is a key behind "?", which Helm does not read alike',
  cure: 'write it as "key: value"',
};
const strangeAnchor = {
  problem: 'has an anchor with a character that Helm refuses',
  cure: 'name it with letters, digits, - and _',
};
const selfAlias = { problem: 'is an alias of what it stands in', cure: 'write the value out' };
const noBlock = {
  problem: 'merges what is no block of keys',
  cure: 'let << name a block (*anchor), or a list of blocks',
};
const bomb = {
  problem: 'is an alias with which the file grows into far more than it says',
  cure: 'write the values out instead of anchors (&) and aliases (*)',
};

type Ancestors = readonly (Document | Node | { key?: unknown })[];

/**
 * Keys that occur twice, aliases without end, and words that another YAML reader takes for something else.
 *
 * @param document - with its source tokens
 */
export function structureProblems(
  text: string,
  document: Document.Parsed,
  lines: LineCounter,
  targets: AliasTargets,
): PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const exploding = explodingAlias(document, targets);
  const add = (node: unknown, more: Omit<PlacedProblem, 'line' | 'column'>) => {
    const offset = isNode(node) ? node.range?.[0] : undefined;
    found.push({ ...atOffset(lines, offset ?? 0), ...more });
  };
  const addTag = (node: Scalar | YAMLMap | YAMLSeq, ancestors: Ancestors) => {
    if (node.anchor !== undefined && !/^[\w-]+$/.test(node.anchor)) {
      add(node, { rule: 'yaml', key: whole(pathOf(ancestors)), ...strangeAnchor });
    }
    if (node.tag === undefined || plainTags.has(node.tag)) return;
    if (node.tag === timeTag && isScalar(node) && /\d[Tt ]\d/.test(String(node.source))) return;
    add(node, { rule: 'yaml', key: whole(pathOf(ancestors)), ...strangeTag });
  };
  visit(document, {
    Seq: (_, list, ancestors) => addTag(list, ancestors),
    Map(_, map, ancestors) {
      addTag(map, ancestors);
      const seen = new Map<string, number>();
      // Looked for only where there is a problem: in a long list it takes its time.
      const keyOf = (...names: string[]) => whole([...pathOf(ancestors), ...names]);
      for (const pair of map.items) {
        const { key, value } = pair;
        if (!isScalar(key) || key.value === null) {
          const place = isNode(key) ? key : map;
          add(place, { rule: 'yaml', key: keyOf(), ...explain('NON_STRING_KEY') });
        } else if (isMergeKey(key)) {
          if (!isMergeable(value, targets))
            add(key, { rule: 'yaml', key: keyOf('<<'), ...noBlock });
        } else {
          const name = keyText(key);
          const other = otherKey(key);
          if (isExplicit(pair)) {
            add(key, { rule: 'yaml', key: keyOf(name), ...questionMark });
          }
          if (other) add(key, { rule: 'ambiguous-value', key: keyOf(name), ...other });
          const first = seen.get(name);
          if (first !== undefined) {
            const problem = `stands here a second time, after line ${first}`;
            add(key, {
              rule: 'duplicate-key',
              key: keyOf(name),
              problem,
              cure: 'keep one of them',
            });
          } else seen.set(name, atOffset(lines, (key as Node).range?.[0] ?? 0).line);
        }
      }
    },
    Alias(_, alias, ancestors) {
      const isWithin = ancestors.some(ancestor => ancestor === targets.get(alias));
      const words =
        (!targets.has(alias) && explain('BAD_ALIAS')) ||
        (isWithin && selfAlias) ||
        (alias === exploding && bomb);
      if (words) add(alias, { rule: 'alias', key: whole(pathOf(ancestors)), ...words });
      return words === bomb ? visit.BREAK : undefined;
    },
    Scalar(key, scalar, ancestors) {
      if (key !== 'key' || !isMergeKey(scalar)) addTag(scalar, ancestors);
      const keyOf = () => whole(pathOf(ancestors));
      if (scalar.type === Scalar.QUOTE_DOUBLE && strangeEscape.test(sourceOf(text, scalar))) {
        add(scalar, { rule: 'yaml', key: keyOf(), ...explain('BAD_DQ_ESCAPE') });
      }
      const isFlow = ancestors.some(ancestor => (ancestor as { flow?: boolean }).flow === true);
      const other = otherText(sourceOf(text, scalar), scalar, isFlow, text);
      if (other) add(scalar, { rule: 'yaml', key: keyOf(), ...other });
      if (key === 'key' || scalar.type !== Scalar.PLAIN) return;
      const problem =
        scalar.tag === undefined || /:(int|bool|null)$/.test(scalar.tag)
          ? ambiguity(scalar.source ?? '', scalar.value)
          : undefined;
      if (problem) add(scalar, { rule: 'ambiguous-value', key: keyOf(), ...problem });
    },
  });
  return found;
}

/** Whether a key is written as `? key`; the document has to hold its tokens. */
function isExplicit({ srcToken }: Pair): boolean {
  return srcToken?.start.some(({ type }) => type === 'explicit-key-ind') ?? false;
}

/** Why a key without quotes is another one to Helm: `y` becomes `true`. */
function otherKey(key: Scalar): { problem: string; cure: string } | undefined {
  if (key.type !== Scalar.PLAIN) return undefined;
  const source = key.source ?? '';
  const isOther =
    ambiguity(source, key.value) !== undefined ||
    (typeof key.value === 'number' && !plainNumber.test(source));
  return isOther
    ? { problem: 'is another key to Helm than to others', cure: 'put the key in quotes' }
    : undefined;
}

/** Why a text is another one to Helm's parser, or none, wherever it stands. Tried with helm 4.2 (go-yaml 2). */
function otherText(
  source: string,
  { type, range }: Scalar,
  isFlow: boolean,
  text: string,
): { problem: string; cure: string } | undefined {
  const cure = 'put it in quotes';
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) {
    // Without a number behind | or >, the first line with content says how far all are indented.
    const [head, ...lines] = source.split('\n');
    const first = lines.find(line => line.trim() !== '');
    return /^[|>][-+]?\d/.test(head) || !/^ *\t/.test(first ?? '')
      ? undefined
      : { problem: 'begins with a tab, which Helm refuses', cure: 'indent it with spaces' };
  }
  if (type !== Scalar.PLAIN || !isFlow) return undefined;
  if (source.startsWith(':') || source.includes('?')) {
    return { problem: 'holds ":" in front or "?" within brackets, which Helm refuses', cure };
  }
  const end = range?.[1] ?? 0;
  return /^:\S/.test(text.slice(end, end + 2))
    ? { problem: 'stands before ":" without a blank within brackets, which is text to Helm', cure }
    : undefined;
}

function sourceOf(text: string, { range }: Scalar): string {
  return range ? text.slice(range[0], range[1]) : '';
}

/** A key as people read it; `file` where there is none. */
function whole(path: readonly string[]): string {
  return path.length > 0 ? formatKey(path) : 'file';
}

function keyText(key: unknown): string {
  if (isMergeKey(key)) return '<<';
  if (isScalar(key)) return String(key.value ?? '');
  // A list or a block as a key, which is refused.
  return isAlias(key) ? `*${key.source}` : '?';
}

/** The keys and indexes that lead to a node. */
function pathOf(ancestors: Ancestors): string[] {
  return ancestors.flatMap((ancestor, index) => {
    if (isPair(ancestor)) return keyText(ancestor.key);
    const child = ancestors[index + 1];
    if (isMap(ancestor) || child === undefined) return [];
    const items = (ancestor as { items?: unknown[] }).items;
    const place = items?.indexOf(child) ?? -1;
    return place < 0 ? [] : String(place);
  });
}
