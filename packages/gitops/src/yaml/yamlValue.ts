import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';

/** What each alias of a document stands for; an alias of an anchor that is not set before it is missing. */
export type AliasTargets = ReadonlyMap<Alias, Node>;

/** Resolves the aliases of a document: an anchor may be set again, and the last one before the alias counts. */
export function aliasTargets(document: Document): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target) targets.set(alias, target);
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Whether a document has an alias of an anchor that is not set before it: Helm and Kubernetes refuse the whole text. */
export function hasLooseAlias(document: Document, targets: AliasTargets): boolean {
  let isLoose = false;
  visit(document, {
    Alias(_, alias) {
      isLoose ||= !targets.has(alias);
    },
  });
  return isLoose;
}

/** The tag that a merge key may carry. */
const mergeTag = 'tag:yaml.org,2002:merge';

/** Whether a key is a merge key: `<<` without quotes, as yaml.org/type/merge.html has it. */
export function isMergeKey(key: unknown): boolean {
  if (!isScalar(key) || key.source !== '<<' || key.type !== Scalar.PLAIN) return false;
  return key.tag === mergeTag || key.tag === undefined;
}

/**
 * A node as plain objects, arrays and scalars, as Helm reads it. Merge keys are followed as go-yaml 2 does, which Helm reads
 * values with: in the order of the file, so that a key that stands behind `<<` replaces what came by it, and is replaced when it
 * stands before; of several blocks in one list the first counts. Tried with helm 4.2 by readYaml.helm.test.ts.
 */
export function valueOf(node: unknown, targets: AliasTargets): unknown {
  const real = resolve(node, targets);
  if (isSeq(real)) return real.items.map(item => valueOf(item, targets));
  if (isMap(real)) {
    const value: Record<string, unknown> = {};
    for (const [key, pair] of entriesOf(real.items, targets)) {
      // A key named __proto__ is a key like any other.
      Object.defineProperty(value, key, {
        value: valueOf(pair.value, targets),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return value;
  }
  if (!isScalar(real)) return null;
  // What carries the tag of a time is a text to Helm.
  return real.value instanceof Date ? real.source : real.value;
}

/**
 * The pairs of a block by key, those included that come by merge keys; of each key the one that counts.
 *
 * @param above - blocks that it is merged into: one that merges itself brings nothing
 */
export function entriesOf(
  items: readonly Pair[],
  targets: AliasTargets,
  above: ReadonlyArray<readonly Pair[]> = [],
): Map<string, Pair> {
  const entries = new Map<string, Pair>();
  if (above.includes(items)) return entries;
  for (const pair of items) {
    if (isMergeKey(pair.key)) {
      for (const source of [...mergeSources(pair.value, targets)].reverse()) {
        for (const [key, merged] of entriesOf(source, targets, [...above, items])) {
          entries.set(key, merged);
        }
      }
    } else entries.set(String(isScalar(pair.key) ? pair.key.value : pair.key), pair);
  }
  return entries;
}

function mergeSources(value: unknown, targets: AliasTargets): Array<readonly Pair[]> {
  const nodes = isSeq(value) ? value.items : [value];
  return nodes.flatMap(node => {
    const real = resolve(node, targets);
    return isMap(real) ? [real.items] : [];
  });
}

/** Whether a merge key's value is what Helm takes: a block, an alias of one, or a list of these. */
export function isMergeable(value: unknown, targets: AliasTargets): boolean {
  const nodes = isSeq(value) ? value.items : [value];
  return nodes.every(node => isMap(resolve(node, targets)));
}

/** What an alias stands for; any other node is itself. */
export function resolve(node: unknown, targets: AliasTargets): unknown {
  return isAlias(node) ? targets.get(node) : node;
}

/**
 * The pair or item that a path of keys and indexes leads to, through aliases and merge keys.
 *
 * @returns `undefined` when nothing is there
 */
export function findNode(
  root: unknown,
  path: readonly PropertyKey[],
  targets: AliasTargets,
): { key?: unknown; value: unknown } | undefined {
  let found: { key?: unknown; value: unknown } | undefined = { value: root };
  for (const part of path) {
    const real: unknown = resolve(found.value, targets);
    if (isMap(real)) found = entriesOf(real.items, targets).get(String(part));
    else if (isSeq(real)) {
      const item: unknown = real.items[Number(part)];
      found = item === undefined ? undefined : { value: item };
    } else found = undefined;
    if (!found) return undefined;
  }
  return found;
}
