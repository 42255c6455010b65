import { parseDocument } from 'yaml';
import type { DiffKey } from './releaseDiff';
import { shorten } from './shorten';
import { formatKey } from './yamlProblem';

/** Values that are told; more is another file. */
const maxKeys = 200;

/**
 * The values that differ between two YAML texts, in the order of the newer one, then those that it has no more.
 *
 * @returns nothing when one of them cannot be read: their text still tells the difference
 */
export function changedKeys(
  before: string,
  after: string,
): { keys: DiffKey[]; truncated: boolean } {
  const [from, to] = [leavesOf(before), leavesOf(after)];
  if (!from || !to) return { keys: [], truncated: false };
  const keys: DiffKey[] = [];
  for (const [key, value] of to) {
    const known = from.get(key);
    if (known === undefined) keys.push({ key, change: 'added', to: shorten(value) });
    else if (known !== value) {
      keys.push({ key, change: 'changed', from: shorten(known), to: shorten(value) });
    }
  }
  for (const [key, value] of from) {
    if (!to.has(key)) keys.push({ key, change: 'removed', from: shorten(value) });
  }
  return { keys: keys.slice(0, maxKeys), truncated: keys.length > maxKeys };
}

function leavesOf(text: string): Map<string, string> | undefined {
  const document = parseDocument(text, { logLevel: 'error' });
  if (document.errors.length > 0) return undefined;
  const leaves = new Map<string, string>();
  try {
    collect(document.toJS({ maxAliasCount: 10 }), [], leaves);
  } catch {
    // Aliases that unfold into more than a file may hold: it cannot be read.
    return undefined;
  }
  return leaves;
}

function collect(value: unknown, path: Array<string | number>, leaves: Map<string, string>): void {
  const isBranch = typeof value === 'object' && value !== null;
  const entries: Array<[string | number, unknown]> = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(isBranch ? value : {});
  if (entries.length > 0) {
    entries.forEach(([key, child]) => collect(child, [...path, key], leaves));
  } else if (path.length > 0) {
    leaves.set(formatKey(path), isBranch ? JSON.stringify(value) : String(value));
  }
}
