import { JsonObject, isJsonObject, jsonEqual } from '../model/json';
import { mergeKeyOf } from './listKeys';

/** The position in `list` that a `k:` or `v:` field means; -1 when it is not there. */
export function indexOfField(list: unknown[], field: string): number {
  const wanted: unknown = JSON.parse(field.slice(2));
  return field.startsWith('k:') && isJsonObject(wanted)
    ? list.findIndex(item => jsonEqual(mergeKeyOf(item, Object.keys(wanted)), wanted))
    : list.findIndex(item => jsonEqual(item, wanted));
}

/** The value at a path of a FieldTree; undefined where the object has none. */
export function valueAtField(object: unknown, path: readonly string[]): unknown {
  let value = object;
  for (const field of path) {
    if (field === '.') {
      return value;
    } else if (field.startsWith('f:') && isJsonObject(value)) {
      value = value[field.slice(2)];
    } else if (Array.isArray(value)) {
      value = value[indexOfField(value, field)];
    } else {
      return undefined;
    }
  }
  return value;
}

/** Copy of `object` without the value at a path; maps and lists that become empty go with it. */
export function removeField(object: unknown, path: readonly string[]): unknown {
  const [field, ...rest] = path;
  if (field.startsWith('f:') && isJsonObject(object)) {
    const key = field.slice(2);
    if (!(key in object)) {
      return object;
    }
    const { [key]: child, ...others } = object;
    const left = rest.length === 0 ? undefined : removeField(child, rest);
    return left === undefined || isBare(left) ? others : ({ ...object, [key]: left } as JsonObject);
  }
  if (Array.isArray(object) && !field.startsWith('f:')) {
    const index = indexOfField(object, field);
    if (index < 0) {
      return object;
    }
    const left =
      rest.length === 0 || rest[0] === '.' ? undefined : removeField(object[index], rest);
    return left === undefined
      ? object.filter((_, position) => position !== index)
      : object.map((item, position) => (position === index ? left : item));
  }
  return object;
}

function isBare(value: unknown): boolean {
  return (
    (isJsonObject(value) && Object.keys(value).length === 0) ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** `.spec.containers[name="web"].image`: a path as the API server's conflict messages write it. */
export function fieldPathText(path: readonly string[]): string {
  return path
    .filter(field => field !== '.')
    .map(field => {
      if (field.startsWith('f:')) {
        return `.${field.slice(2)}`;
      }
      const key: unknown = JSON.parse(field.slice(2));
      return isJsonObject(key)
        ? `[${Object.entries(key)
            .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
            .join(',')}]`
        : `[=${JSON.stringify(key)}]`;
    })
    .join('');
}
