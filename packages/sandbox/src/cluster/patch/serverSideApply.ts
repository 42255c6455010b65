import { JsonObject, isJsonObject, jsonEqual } from '../model/json';
import { KubernetesObject, ManagedFieldsEntry } from '../model/objects';
import { StatusError } from '../model/statusError';
import { fieldPathText, removeField, valueAtField } from './fieldAccess';
import { difference, fieldsOf, intersection, leaves, treeOfLeaves } from './fieldTree';
import { listMerge, mergeKeyOf } from './listKeys';
import { Writer, ownedBy, takenFromOthers, withOwnership } from './managedFields';

function mergeLists(
  live: unknown,
  applied: unknown[],
  path: readonly string[],
  custom: boolean,
): unknown[] {
  const merge = listMerge(path, custom);
  if (!merge || !Array.isArray(live)) {
    return applied;
  }
  if (merge === 'set') {
    return [...live, ...applied.filter(item => !live.some(other => jsonEqual(other, item)))];
  }
  const result: unknown[] = [...live];
  for (const item of applied) {
    const key = mergeKeyOf(item, merge.keys);
    const index = key
      ? result.findIndex(other => jsonEqual(mergeKeyOf(other, merge.keys), key))
      : -1;
    if (index < 0) {
      result.push(item);
    } else {
      result[index] = mergeValues(result[index], item, path, custom);
    }
  }
  return result;
}

function mergeValues(
  live: unknown,
  applied: unknown,
  path: readonly string[],
  custom: boolean,
): unknown {
  if (Array.isArray(applied)) {
    return mergeLists(live, applied, path, custom);
  }
  if (!isJsonObject(applied)) {
    return applied;
  }
  const result: JsonObject = isJsonObject(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(applied)) {
    result[key] = mergeValues(result[key], value, [...path, key], custom);
  }
  return result;
}

interface Conflict {
  entry: ManagedFieldsEntry;
  path: string[];
}

/** Who holds a field, as a conflict names it: one that has applied by its name alone. */
function holderText({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string {
  const through = subresource ? ` with subresource "${subresource}"` : '';
  return `"${manager}"${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

function applyConflict(conflicts: Conflict[]) {
  const holders = [...new Set(conflicts.map(({ entry }) => holderText(entry)))];
  const text =
    conflicts.length === 1
      ? `conflict with ${holders[0]}: ${fieldPathText(conflicts[0].path)}`
      : `conflicts with ${holders
          .map(
            holder =>
              `${holder}:\n${conflicts
                .filter(({ entry }) => holderText(entry) === holder)
                .map(({ path }) => `- ${fieldPathText(path)}`)
                .join('\n')}`,
          )
          .join('\n')}`;
  return new StatusError(
    409,
    'Conflict',
    `Apply failed with ${conflicts.length} conflict${conflicts.length === 1 ? '' : 's'}: ${text}`,
    {
      causes: conflicts.map(({ entry, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${holderText(entry)}`,
        field: fieldPathText(path),
      })),
    },
  );
}

/**
 * Server-side apply: https://kubernetes.io/docs/reference/using-api/server-side-apply/
 * What the manifest names is set and owned; what this manager owned and the manifest no longer names is removed,
 * unless another writer owns it too.
 * @param live - the stored object; undefined when the manifest makes it
 * @throws StatusError 409 when another writer owns a field with another value and `force` is not set.
 */
export function serverSideApply(
  live: KubernetesObject | undefined,
  manifest: KubernetesObject,
  writer: Writer,
  options: { force: boolean; custom: boolean },
): KubernetesObject {
  const { custom } = options;
  const wanted = fieldsOf(manifest, custom);
  const entries = live?.metadata.managedFields ?? [];
  const others = entries.filter(
    entry => !(entry.manager === writer.manager && entry.operation === 'Apply'),
  );

  const conflicts = others.flatMap(entry =>
    leaves(intersection(wanted, entry.fieldsV1))
      .filter(
        path =>
          path[path.length - 1] !== '.' &&
          !jsonEqual(valueAtField(live, path), valueAtField(manifest, path)),
      )
      .map((path): Conflict => ({ entry, path })),
  );
  if (conflicts.length > 0 && !options.force) {
    throw applyConflict(conflicts);
  }

  let result = mergeValues(live, manifest, [], custom);
  const dropped = others.reduce(
    (tree, entry) => difference(tree, entry.fieldsV1),
    difference(ownedBy(entries, writer), wanted),
  );
  for (const path of leaves(dropped)) {
    result = removeField(result, path);
  }

  const merged = result as KubernetesObject;
  const rest = takenFromOthers(
    entries,
    writer,
    treeOfLeaves(conflicts.map(conflict => conflict.path)),
  );
  return {
    ...merged,
    metadata: {
      ...merged.metadata,
      managedFields: withOwnership(rest, writer, manifest.apiVersion, wanted),
    },
  };
}
