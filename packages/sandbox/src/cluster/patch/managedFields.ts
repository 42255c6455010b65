import { jsonEqual } from '../model/json';
import { FieldTree, KubernetesObject, ManagedFieldsEntry } from '../model/objects';
import { valueAtField } from './fieldAccess';
import {
  difference,
  fieldsOf,
  intersection,
  isEmpty,
  leaves,
  treeOfLeaves,
  union,
} from './fieldTree';

/** Who writes, and how. */
export interface Writer {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource?: string;
  /** RFC 3339. */
  time: string;
}

function isSameWriter(entry: ManagedFieldsEntry, writer: Writer): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === writer.operation &&
    entry.subresource === writer.subresource
  );
}

function toEntry(writer: Writer, apiVersion: string, fields: FieldTree): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation: writer.operation,
    apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
}

/** The fields that a writer owned before this write. */
export function ownedBy(entries: ManagedFieldsEntry[] | undefined, writer: Writer): FieldTree {
  return entries?.find(entry => isSameWriter(entry, writer))?.fieldsV1 ?? {};
}

/** Entries with the writer's fields replaced; an entry that owns nothing goes. */
export function withOwnership(
  entries: ManagedFieldsEntry[] | undefined,
  writer: Writer,
  apiVersion: string,
  fields: FieldTree,
): ManagedFieldsEntry[] {
  const others = (entries ?? []).filter(entry => !isSameWriter(entry, writer));
  return isEmpty(fields) ? others : [...others, toEntry(writer, apiVersion, fields)];
}

/** Takes fields away from every writer but one. */
export function takenFromOthers(
  entries: ManagedFieldsEntry[] | undefined,
  writer: Writer,
  fields: FieldTree,
): ManagedFieldsEntry[] {
  return (entries ?? [])
    .map(entry =>
      isSameWriter(entry, writer)
        ? entry
        : { ...entry, fieldsV1: difference(entry.fieldsV1, fields) },
    )
    .filter(entry => !isEmpty(entry.fieldsV1));
}

/** The fields of `next` whose value differs from, or is absent in, `previous`. */
export function changedFields(
  previous: KubernetesObject | undefined,
  next: KubernetesObject,
  custom: boolean,
): FieldTree {
  const all = fieldsOf(next, custom);
  return previous
    ? treeOfLeaves(
        leaves(all).filter(path =>
          path[path.length - 1] === '.'
            ? valueAtField(previous, path) === undefined
            : !jsonEqual(valueAtField(previous, path), valueAtField(next, path)),
        ),
      )
    : all;
}

/**
 * The managedFields after a plain write (create, update, patch other than apply): the writer owns what it changed,
 * nobody owns what is gone.
 */
export function trackUpdate(
  previous: KubernetesObject | undefined,
  next: KubernetesObject,
  writer: Writer,
  custom: boolean,
): ManagedFieldsEntry[] {
  const changed = changedFields(previous, next, custom);
  const present = fieldsOf(next, custom);
  const before = previous?.metadata.managedFields;
  const rest = takenFromOthers(before, writer, changed)
    .map(entry => ({ ...entry, fieldsV1: intersection(entry.fieldsV1, present) }))
    .filter(entry => !isEmpty(entry.fieldsV1));
  if (isEmpty(changed)) {
    return rest;
  }
  const owned = intersection(union(ownedBy(before, writer), changed), present);
  return withOwnership(rest, writer, next.apiVersion, owned);
}
