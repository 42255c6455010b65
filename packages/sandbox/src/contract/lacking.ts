import { isJsonObject } from '../cluster/model/json';

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function itemsBelow(ours: unknown[], recorded: unknown[], path: string): string[] {
  if (recorded.length === 0) return [];
  if (ours.length === 0) return [`${path}[]`];
  // Each recorded item has to have its like among ours: the one that lacks least.
  return recorded.flatMap(item =>
    ours
      .map(candidate => lacking(candidate, item, `${path}[]`))
      .reduce((best, next) => (next.length < best.length ? next : best)),
  );
}

/**
 * Where an answer of ours has not the shape of a recorded one: paths that are absent, or of another type. What ours has
 * beyond the recorded one is no fault.
 */
export function lacking(ours: unknown, recorded: unknown, path = ''): string[] {
  if (typeName(ours) !== typeName(recorded)) {
    return [path];
  }
  if (Array.isArray(ours) && Array.isArray(recorded)) {
    return itemsBelow(ours, recorded, path);
  }
  if (!isJsonObject(ours) || !isJsonObject(recorded)) {
    return [];
  }
  return Object.entries(recorded).flatMap(([name, value]) =>
    lacking(ours[name], value, path ? `${path}.${name}` : name),
  );
}
