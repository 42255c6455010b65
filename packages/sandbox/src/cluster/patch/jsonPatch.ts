import { z } from 'zod';
import { cloneJson, isJsonObject, jsonEqual } from '../model/json';
import { StatusError, badRequest } from '../model/statusError';

const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('test'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string() }),
  z.object({ op: z.literal('move'), path: z.string(), from: z.string() }),
  z.object({ op: z.literal('copy'), path: z.string(), from: z.string() }),
]);

type Operation = z.infer<typeof operationSchema>;

function rejected(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}

/** The tokens of a JSON Pointer, RFC 6901. */
function tokens(pointer: string): string[] {
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw rejected();
  }
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function arrayIndex(list: unknown[], token: string, limit: number): number {
  const index = token === '-' ? list.length : Number(token);
  if (!/^(-|0|[1-9]\d*)$/.test(token) || index > limit) {
    throw rejected();
  }
  return index;
}

function valueAt(document: unknown, path: string[]): unknown {
  let value = document;
  for (const token of path) {
    if (Array.isArray(value)) {
      value = value[arrayIndex(value, token, value.length - 1)];
    } else if (isJsonObject(value) && Object.hasOwn(value, token)) {
      value = value[token];
    } else {
      throw rejected();
    }
  }
  return value;
}

/** Changes `document`, which is a copy of ours, at one place. */
function changeAt(
  document: unknown,
  path: string[],
  how: 'add' | 'replace' | 'remove',
  value?: unknown,
): unknown {
  if (path.length === 0) {
    return how === 'remove' ? undefined : value;
  }
  const parent = valueAt(document, path.slice(0, -1));
  const token = path[path.length - 1];
  if (Array.isArray(parent)) {
    const index = arrayIndex(parent, token, how === 'add' ? parent.length : parent.length - 1);
    parent.splice(index, how === 'add' ? 0 : 1, ...(how === 'remove' ? [] : [value]));
  } else if (isJsonObject(parent) && (how === 'add' || Object.hasOwn(parent, token))) {
    if (how === 'remove') {
      delete parent[token];
    } else {
      parent[token] = value;
    }
  } else {
    throw rejected();
  }
  return document;
}

function applyOperation(document: unknown, operation: Operation): unknown {
  const path = tokens(operation.path);
  switch (operation.op) {
    case 'test':
      if (!jsonEqual(valueAt(document, path), operation.value)) {
        throw rejected();
      }
      return document;
    case 'move': {
      const from = tokens(operation.from);
      const value = valueAt(document, from);
      return changeAt(changeAt(document, from, 'remove'), path, 'add', value);
    }
    case 'copy':
      return changeAt(document, path, 'add', cloneJson(valueAt(document, tokens(operation.from))));
    case 'remove':
      return changeAt(document, path, 'remove');
    default:
      return changeAt(document, path, operation.op, operation.value);
  }
}

/**
 * JSON Patch, RFC 6902. Returns a new document.
 * @throws StatusError 400 for a patch that is none, 422 for one that does not fit the document.
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  const operations = z.array(operationSchema).safeParse(patch);
  if (!operations.success) {
    throw badRequest('error decoding patch: it is not a list of JSON Patch operations');
  }
  return operations.data.reduce<unknown>(applyOperation, cloneJson(document));
}
