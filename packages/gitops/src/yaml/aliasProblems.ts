import { isAlias, isMap, isSeq, visit, type Alias, type Document } from 'yaml';
import type { AliasTargets } from './yamlValue';

/** Values that aliases may bring in all together; more is an attack. One scalar may have as many aliases as there is room for. */
const maxAliased = 5_000;

/** The first alias with which a document grows into far more than it says; `undefined` when it stays small. */
export function explodingAlias(document: Document, targets: AliasTargets): Alias | undefined {
  if (targets.size === 0) return undefined;
  const weights = new Map<unknown, number>();
  const weightOf = (node: unknown): number => {
    if (isAlias(node)) return weightOf(targets.get(node));
    if (!isMap(node) && !isSeq(node)) return 1;
    const known = weights.get(node);
    if (known !== undefined) return known;
    // What holds itself is found elsewhere.
    weights.set(node, 1);
    const items: unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
    const weight = items.reduce<number>((sum, item) => sum + weightOf(item), 1);
    weights.set(node, weight);
    return weight;
  };
  let total = 0;
  let exploding: Alias | undefined;
  visit(document, {
    Alias(_, alias) {
      const weight = weightOf(alias);
      // A scalar is no more than the alias itself.
      if (weight > 1) total += weight;
      if (total <= maxAliased) return undefined;
      exploding = alias;
      return visit.BREAK;
    },
  });
  return exploding;
}
