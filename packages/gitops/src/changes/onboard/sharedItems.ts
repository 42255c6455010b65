import { isMap, isNode, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { yamlDocuments } from './scalars';
import { labelOf, type TenantWords } from './tenantWords';

/** An item of a list or block that is about one tenant. */
export interface SharedItem {
  collection: YAMLMap | YAMLSeq;
  item: unknown;
  /** The document, and the keys and indexes that lead to the item. */
  document: number;
  path: ReadonlyArray<string | number>;
}

/**
 * The items of a file that tenants share that are about one of them: keys that are its id, items of lists of which a value is its
 * id, and texts of lists that hold it, such as a path.
 */
export function sharedItems(
  text: string,
  words: TenantWords,
  isTaken: (source: string) => boolean,
): SharedItem[] {
  const found: SharedItem[] = [];
  const isId = (node: unknown) =>
    isScalar(node) && [words.tenant, labelOf(words.tenant)].includes(String(node.value));
  const add = (one: SharedItem, last: unknown, first: unknown = last) => {
    const start = (isNode(first) && first.range?.[0]) || 0;
    const end = (isNode(last) && last.range?.[1]) || start;
    if (isTaken(text.slice(start, end))) found.push(one);
  };
  const walk = (node: unknown, document: number, path: SharedItem['path']) => {
    if (isMap(node)) {
      for (const item of node.items) {
        const { key, value } = item;
        const below = [...path, String(isScalar(key) ? key.value : key)];
        const own = { collection: node, item, document, path: below };
        if (isId(key)) add(own, value ?? key, key);
        else walk(value, document, below);
      }
    }
    if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const isOwn = isScalar(item)
          ? words.isIn(String(item.value)) && !/^[a-z+.-]+:\/\/|^git@/i.test(String(item.value))
          : isMap(item) && item.items.some(({ value }) => isId(value));
        const below = [...path, index];
        if (isOwn) add({ collection: node, item, document, path: below }, item);
        else walk(item, document, below);
      }
    }
  };
  for (const [index, { contents }] of (yamlDocuments(text) ?? []).entries())
    walk(contents, index, []);
  return found;
}
