import { Application } from '../application';
import { isObject, JsonObject, valueAt } from '../json/json';

/** A `fields` parameter: names to keep, or, after a leading `-`, names to leave out. */
export interface FieldSelection {
  names: Set<string>;
  exclude: boolean;
}

/** Reads a `fields` parameter; undefined when it is absent or empty. */
export function parseFields(parameter: string | null): FieldSelection | undefined {
  if (!parameter) return undefined;
  const exclude = parameter.startsWith('-');
  return { names: new Set((exclude ? parameter.slice(1) : parameter).split(',')), exclude };
}

/** Tells that a field has nothing to show, which is not the same as null. */
const absent = Symbol('absent');

const plain =
  (...path: string[]) =>
  (application: JsonObject): unknown =>
    valueAt(application, ...path) ?? null;

const ofOperation =
  (name: string) =>
  (application: JsonObject): unknown => {
    const state = valueAt(application, 'status', 'operationState');
    return isObject(state) ? state[name] ?? null : absent;
  };

/**
 * The fields that a list of applications can be cut down to: Argo CD 3.2's own table (forwarder_overwrite.go), with its
 * oddities. `operation.sync` of the operation state is really its result; pointers that are not set are null.
 */
const listFields: Record<string, (application: JsonObject) => unknown> = {
  'metadata.name': plain('metadata', 'name'),
  'metadata.namespace': plain('metadata', 'namespace'),
  'metadata.annotations': plain('metadata', 'annotations'),
  'metadata.labels': plain('metadata', 'labels'),
  'metadata.creationTimestamp': plain('metadata', 'creationTimestamp'),
  'metadata.deletionTimestamp': plain('metadata', 'deletionTimestamp'),
  spec: plain('spec'),
  'status.sourceHydrator': plain('status', 'sourceHydrator'),
  'status.sync.status': plain('status', 'sync', 'status'),
  'status.health': plain('status', 'health'),
  'status.summary': plain('status', 'summary'),
  'status.operationState.startedAt': ofOperation('startedAt'),
  'status.operationState.finishedAt': ofOperation('finishedAt'),
  'status.operationState.phase': ofOperation('phase'),
  'status.operationState.operation.sync': ofOperation('syncResult'),
  'status.resources': application => {
    const resources = valueAt(application, 'status', 'resources');
    return Array.isArray(resources) && resources.length > 0 ? resources : absent;
  },
  'operation.sync': application => {
    const operation = valueAt(application, 'operation');
    return isObject(operation) ? operation.sync ?? null : absent;
  },
};

/** Cuts an application of a list down; names that are not in the table are dropped without a word. */
export function selectListFields(application: Application, selection: FieldSelection): JsonObject {
  const selected: JsonObject = {};
  for (const [field, read] of Object.entries(listFields)) {
    if (selection.names.has(`items.${field}`) === selection.exclude) continue;
    const value = read(application);
    if (value !== absent) assign(selected, field.split('.'), value);
  }
  return selected;
}

/** Cuts any other answer down, by the names of its fields; items of an array are named like the array. */
export function selectFields(value: unknown, selection: FieldSelection, path = ''): unknown {
  if (Array.isArray(value)) return value.map(item => selectFields(item, selection, path));
  if (!isObject(value)) return value;
  const names = [...selection.names];
  const kept = Object.entries(value).flatMap(([key, item]): Array<[string, unknown]> => {
    const field = path ? `${path}.${key}` : key;
    const named = selection.names.has(field);
    const keep = selection.exclude ? !named : names.some(name => name.startsWith(field));
    if (!keep) return [];
    return [[key, named ? item : selectFields(item, selection, field)]];
  });
  // Go writes the keys of a map in order.
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function assign(target: JsonObject, path: string[], value: unknown): void {
  let current = target;
  for (const key of path.slice(0, -1)) {
    const next = isObject(current[key]) ? (current[key] as JsonObject) : {};
    current[key] = next;
    current = next;
  }
  current[path[path.length - 1]] = value;
}
