import { atOffset, formatKey } from '@internal/plugin-tenant-releases-common';
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
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { finding, type Finding } from '../finding';
import { ambiguity } from './ambiguity';
import { explain } from './yamlErrors';

/** More aliases than a person writes. */
const maxAliases = 20;

/** Escapes of double quotes that Helm's reader does not know: of a slash, and half of a pair of UTF-16. */
const strangeEscape = /^(?:[^\\]|\\[^/u]|\\u(?!d[89a-f])[0-9a-f]{4})*\\(?:\/|ud[89a-f])/is;

/** Tags that every reader takes for the same. */
const plainTags = new Set(
  ['str', 'map', 'seq', 'int', 'bool', 'null'].map(name => `tag:yaml.org,2002:${name}`),
);

const mergeKey = {
  problem: 'adds the keys of its value to Helm, and is a key to others',
  cure: 'write the keys out',
};
const strangeTag = {
  problem: 'has a tag that not every reader takes for the same',
  cure: 'remove the tag ("!..."), and put the value in quotes when it is a text',
};

type Ancestors = readonly (Document | Node | { key?: unknown })[];

/** Keys that occur twice, aliases without end, and words that another YAML reader takes for something else. */
export function structureFindings(
  file: string,
  text: string,
  document: Document.Parsed,
  lines: LineCounter,
): Finding[] {
  const found: Finding[] = [];
  let aliases = 0;
  const add = (node: Node, more: Omit<Finding, 'file' | 'severity' | 'line' | 'column'>) =>
    found.push(finding({ file, ...atOffset(lines, node.range?.[0] ?? 0), ...more }));
  const addTag = (node: Scalar | YAMLMap | YAMLSeq, ancestors: Ancestors) => {
    if (node.tag === undefined || plainTags.has(node.tag)) return;
    add(node, { rule: 'yaml', key: whole(pathOf(ancestors)), ...strangeTag });
  };
  visit(document, {
    Seq: (_, list, ancestors) => addTag(list, ancestors),
    Map(_, map, ancestors) {
      addTag(map, ancestors);
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === null) {
          const place = isNode(key) ? key : map;
          add(place, { rule: 'yaml', key: whole(pathOf(ancestors)), ...explain('NON_STRING_KEY') });
          continue;
        }
        const name = keyText(key);
        if (name === '<<' && key.type === Scalar.PLAIN) {
          const path = formatKey([...pathOf(ancestors), name]);
          add(key, { rule: 'ambiguous-value', key: path, ...mergeKey });
        }
        const first = seen.get(name);
        const node = key as Node;
        if (first === undefined) {
          seen.set(name, atOffset(lines, node?.range?.[0] ?? 0).line);
        } else {
          add(node, {
            rule: 'duplicate-key',
            key: formatKey([...pathOf(ancestors), name]),
            problem: `stands here a second time, after line ${first}`,
            cure: 'keep one of them',
          });
        }
      }
    },
    Alias(_, alias, ancestors) {
      aliases += 1;
      if (ancestors.some(ancestor => (ancestor as { anchor?: string }).anchor === alias.source)) {
        add(alias, {
          rule: 'alias',
          key: formatKey(pathOf(ancestors)),
          problem: 'is an alias of what it stands in',
          cure: 'write the value out',
        });
      }
      if (aliases !== maxAliases + 1) return undefined;
      add(alias, {
        rule: 'alias',
        key: formatKey(pathOf(ancestors)),
        problem: `is the ${maxAliases + 1}st alias of this file`,
        cure: 'write the values out instead of anchors (&) and aliases (*)',
      });
      return visit.BREAK;
    },
    Scalar(key, scalar, ancestors) {
      addTag(scalar, ancestors);
      if (scalar.type === Scalar.QUOTE_DOUBLE && strangeEscape.test(sourceOf(text, scalar))) {
        const path = pathOf(ancestors);
        add(scalar, { rule: 'yaml', key: whole(path), ...explain('BAD_DQ_ESCAPE') });
      }
      if (key === 'key' || scalar.type !== Scalar.PLAIN || scalar.tag !== undefined) return;
      const problem = ambiguity(scalar.source ?? '', scalar.value);
      if (problem)
        add(scalar, { rule: 'ambiguous-value', key: formatKey(pathOf(ancestors)), ...problem });
    },
  });
  return found;
}

function sourceOf(text: string, { range }: Scalar): string {
  return range ? text.slice(range[0], range[1]) : '';
}

/** A key as people read it; `file` where there is none. */
function whole(path: readonly string[]): string {
  return path.length > 0 ? formatKey(path) : 'file';
}

function keyText(key: unknown): string {
  if (isScalar(key)) return String(key.value ?? '');
  return isAlias(key) ? `*${key.source}` : String(key);
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
