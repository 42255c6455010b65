import {
  encryptedMark,
  isEncrypted,
  sopsKey,
  shorten,
  readYaml,
  formatKey,
} from '@internal/gitops';
import { type DiffKey } from '@internal/plugin-tenant-releases-common';

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
    if (known === undefined) keys.push({ key, change: 'added', to: shown(value) });
    else if (known !== value) {
      keys.push({ key, change: 'changed', from: shown(known), to: shown(value) });
    }
  }
  for (const [key, value] of from) {
    if (!to.has(key)) keys.push({ key, change: 'removed', from: shown(value) });
  }
  return { keys: keys.slice(0, maxKeys), truncated: keys.length > maxKeys };
}

/** What sops has encrypted is not shown, only that it is another. */
function shown(value: string): string {
  return isEncrypted(value) ? encryptedMark : shorten(value);
}

function leavesOf(text: string): Map<string, string> | undefined {
  // A release without its file has no values.
  if (text === '') return new Map();
  const [document] = readYaml(text, { single: true }).documents;
  if (!document) return undefined;
  const leaves = new Map<string, string>();
  collect(document.value, [], leaves);
  return leaves;
}

function collect(value: unknown, path: Array<string | number>, leaves: Map<string, string>): void {
  const isBranch = typeof value === 'object' && value !== null;
  const entries: Array<[string | number, unknown]> = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(isBranch ? value : {}).filter(([key]) => path.length > 0 || key !== sopsKey);
  if (entries.length > 0) {
    entries.forEach(([key, child]) => collect(child, [...path, key], leaves));
  } else if (path.length > 0) {
    leaves.set(formatKey(path), isBranch ? JSON.stringify(value) : String(value));
  }
}
