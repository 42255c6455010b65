import { canonicalJson, isJsonObject } from '../model/json';
import { FieldTree } from '../model/objects';
import { listMerge, mergeKeyOf } from './listKeys';

/** Fields that belong to the system, or that every writer must send: nobody owns them. */
const unowned: Record<string, string[]> = {
  '': ['apiVersion', 'kind'],
  metadata: [
    'name',
    'namespace',
    'generateName',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'selfLink',
    'managedFields',
  ],
};

/** The key of a list item in a FieldTree; undefined when the item has no identity. */
export function itemField(item: unknown, keys: string[]): string | undefined {
  const key = mergeKeyOf(item, keys);
  return key && `k:${canonicalJson(key)}`;
}

function treeOf(value: unknown, path: readonly string[], custom: boolean): FieldTree {
  if (Array.isArray(value)) {
    const merge = listMerge(path, custom);
    if (merge === 'set') {
      return Object.fromEntries(value.map(item => [`v:${JSON.stringify(item)}`, {}]));
    }
    const items = merge && value.map(item => [itemField(item, merge.keys), item] as const);
    if (!items || items.some(([field]) => field === undefined)) {
      return {};
    }
    return Object.fromEntries(
      items.map(([field, item]) => [field, { '.': {}, ...treeOf(item, path, custom) }]),
    );
  }
  if (!isJsonObject(value)) {
    return {};
  }
  const hidden = path.length < 2 ? unowned[path.join('.')] ?? [] : [];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && !hidden.includes(key))
      .map(([key, item]) => [`f:${key}`, treeOf(item, [...path, key], custom)]),
  );
}

/** Every field of an object that a writer can own. `custom` as in {@link listMerge}. */
export function fieldsOf(object: unknown, custom: boolean): FieldTree {
  const tree = treeOf(object, [], custom);
  // Every object has metadata; owning it empty would mean owning all of it.
  return isEmpty(tree['f:metadata'] ?? {}) ? without(tree, 'f:metadata') : tree;
}

function without(tree: FieldTree, field: string): FieldTree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== field));
}

/** True for a tree without fields: a leaf, or nothing at all. */
export function isEmpty(tree: FieldTree): boolean {
  return Object.keys(tree).length === 0;
}

/** The fields in either tree. */
export function union(left: FieldTree, right: FieldTree): FieldTree {
  const result = { ...left };
  for (const [field, below] of Object.entries(right)) {
    result[field] = result[field] ? union(result[field], below) : below;
  }
  return result;
}

/** The fields of `left` that are not in `right`. */
export function difference(left: FieldTree, right: FieldTree): FieldTree {
  const result: FieldTree = {};
  for (const [field, below] of Object.entries(left)) {
    if (!(field in right)) {
      result[field] = below;
    } else if (!isEmpty(below)) {
      const rest = difference(below, right[field]);
      if (!isEmpty(rest)) {
        result[field] = rest;
      }
    }
  }
  return result;
}

/** The fields in both trees; where one has a leaf and the other a subtree, the leaf. */
export function intersection(left: FieldTree, right: FieldTree): FieldTree {
  const result: FieldTree = {};
  for (const [field, below] of Object.entries(left)) {
    if (field in right) {
      const common = intersection(below, right[field]);
      const oneIsLeaf = isEmpty(below) || isEmpty(right[field]);
      if (oneIsLeaf || !isEmpty(common)) {
        result[field] = common;
      }
    }
  }
  return result;
}

/** Paths from the root to each leaf, `.` included. */
export function leaves(tree: FieldTree, path: string[] = []): string[][] {
  return Object.entries(tree).flatMap(([field, below]) =>
    isEmpty(below) ? [[...path, field]] : leaves(below, [...path, field]),
  );
}

/** The tree that holds exactly these leaves. */
export function treeOfLeaves(paths: string[][]): FieldTree {
  return paths.reduce<FieldTree>(
    (tree, path) =>
      union(
        tree,
        path.reduceRight<FieldTree>((below, field) => ({ [field]: below }), {}),
      ),
    {},
  );
}
