import { wholeObject } from './parseLeniently';

/**
 * Reads an object of an upstream. Should that fail for a reason that nobody thought of, the object is read by its name
 * alone: it costs itself, and neither the list that it stands in nor the stream that it came by.
 *
 * @param read - makes something of an object; `unreadable` names what cannot be read beside what it finds itself
 * @returns undefined when not even the name can be read
 */
export function readOrName<T>(
  value: unknown,
  read: (value: unknown, unreadable: string[]) => T | undefined,
): T | undefined {
  try {
    return read(value, []);
  } catch {
    try {
      return read({ metadata: nameIn(value) }, [wholeObject]);
    } catch {
      return undefined;
    }
  }
}

/** What says which object it is, and whose. */
function nameIn(value: unknown): object {
  const { name, namespace, resourceVersion, labels } = (value as { metadata: Named }).metadata;
  return { name, namespace, resourceVersion, labels };
}

type Named = Record<'name' | 'namespace' | 'resourceVersion' | 'labels', unknown>;
