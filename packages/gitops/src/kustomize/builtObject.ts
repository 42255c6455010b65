import { entriesAt, stringAt, type Traced } from '../traced/traced';

/** A Kubernetes object as it would be applied. */
export interface BuiltObject {
  value: Traced;
  /** Every name that it has had: patches may use any of them. */
  names: ReadonlySet<string>;
}

/** The objects in the documents of a file; a list of Kubernetes is taken apart. */
export function objectsOf(values: readonly Traced[]): BuiltObject[] {
  return values.flatMap(value => {
    const kind = stringAt(value, ['kind']);
    if (kind === undefined || stringAt(value, ['apiVersion']) === undefined) return [];
    const items = kind.endsWith('List') ? entriesAt(value, []).get('items') : undefined;
    if (items?.kind === 'list') return objectsOf(items.items);
    return [{ value, names: new Set([stringAt(value, ['metadata', 'name']) ?? '']) }];
  });
}
