import { keysThatNameOthers } from './relations';

/**
 * Relations that somebody who does not see everything may search by: entities state them about themselves. What others
 * state about an entity is kept with it, too, so that a search by `relations.dependencyOf` would tell whether an entity
 * exists that the caller may not see.
 */
const searchable = new Set(['ownedby', 'partof', 'memberof']);

/** Answers are filtered, so that a selection of their fields tells nothing. */
const selections = new Set(['fields']);

/** Parameters that carry a query as JSON in base64. */
const cursors = new Set(['cursor', 'after', 'before']);

/**
 * The first key in a query of the catalog's API that must not be searched by, for example `relations.dependencyof` or
 * `spec.memberof`.
 *
 * @param parameters - of the URL, decoded
 * @param body - parsed JSON
 */
export function forbiddenKey(parameters: URLSearchParams, body?: unknown): string | undefined {
  for (const [name, value] of parameters) {
    if (selections.has(name)) continue;
    const found =
      inText(name) ?? inText(value) ?? (cursors.has(name) ? inCursor(value) : undefined);
    if (found) return found;
  }
  return inValue(body);
}

function inValue(value: unknown, name = ''): string | undefined {
  if (typeof value === 'string') {
    return inText(value) ?? (cursors.has(name) ? inCursor(value) : undefined);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (selections.has(key) && !Array.isArray(value)) continue;
    const found = inText(key) ?? inValue(item, key);
    if (found) return found;
  }
  return undefined;
}

function inCursor(value: string): string | undefined {
  try {
    return inValue(JSON.parse(Buffer.from(value, 'base64').toString('utf8')));
  } catch {
    // The catalog refuses what is no cursor.
    return undefined;
  }
}

function inText(text: string): string | undefined {
  for (const [key, type] of text.matchAll(/relations\.([\w-]*)/gi)) {
    if (!searchable.has(type.toLocaleLowerCase('en-US'))) return key;
  }
  // A person who is visible may be in groups that are not.
  for (const [key, name] of text.matchAll(/spec\.(\w+)/gi)) {
    if (keysThatNameOthers.has(name.toLocaleLowerCase('en-US'))) return key;
  }
  return undefined;
}
