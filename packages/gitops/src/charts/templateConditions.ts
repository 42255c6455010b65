import type { Checkout } from '../checkout/checkout';
import { at, nameOfPart, type KeyPath, type Traced } from '../traced/traced';

/** An action of a template: its first word and the rest. */
const action = /\{\{-?\s*(if|else if|else|with|range|end|define|block)?\b([^}]*)\}\}/g;
const comparison = /\b(eq|ne|and|or|not|ternary|contains|hasPrefix|hasSuffix|has|index|get|dig)\b/;
const deciding = new WeakMap<Checkout, Map<string, ReadonlySet<string>>>();

const valuePath = /\.Values\.([\w.-]+)/g;

/**
 * Ends of the paths of values that decide something in a chart or in one below it: what stands in `if`, and what is compared. Values
 * that differ in none of these render alike.
 */
export function decidingValues(checkout: Checkout, folder: string): ReadonlySet<string> {
  const known = deciding.get(checkout) ?? new Map<string, ReadonlySet<string>>();
  deciding.set(checkout, known);
  const found = known.get(folder) ?? collect(checkout, folder);
  known.set(folder, found);
  return found;
}

function collect(checkout: Checkout, folder: string): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const file of checkout.files) {
    if (!file.startsWith(`${folder}/`) || !file.includes('/templates/')) continue;
    for (const [, word = '', rest] of (checkout.text(file) ?? '').matchAll(action)) {
      if (!/if/.test(word) && !comparison.test(rest)) continue;
      for (const [, path] of rest.matchAll(valuePath)) paths.add(path);
    }
  }
  return paths;
}

/** Whether a value is one of those that decide something. */
export function decides(paths: ReadonlySet<string>, path: KeyPath): boolean {
  const parts = path.map(part => String(nameOfPart(part)));
  return parts.some((_, index) => paths.has(parts.slice(index).join('.')));
}

/**
 * Whether a template surely reaches a place where it uses a value: every `if` round it asks for one value that is true. Anything
 * else is not followed. @param counts - whether a use counts
 */
export function isReached(
  text: string,
  path: string,
  values: Traced | undefined,
  counts: (index: number) => boolean,
): boolean {
  const uses = [...text.matchAll(new RegExp(`\\.Values\\.${escape(path)}(?![\\w-])`, 'g'))];
  return uses.some(
    ({ index }) =>
      counts(index) && openBefore(text, index).every(condition => isTrue(condition, values)),
  );
}

/** The conditions that are open at a place of a template; undefined for one that is not followed. */
function openBefore(text: string, end: number): Array<string | undefined> {
  const open: Array<string | undefined> = [];
  for (const { index, 1: word, 2: rest } of text.matchAll(action)) {
    if (index >= end) break;
    if (word === 'end') open.pop();
    else if (word === 'if' || word === 'with' || word === 'range') open.push(rest.trim());
    else if (word === 'define' || word === 'block') open.push('true');
    else if (word !== undefined) {
      open.pop();
      open.push(undefined);
    }
  }
  return open;
}

function isTrue(condition: string | undefined, values: Traced | undefined): boolean {
  if (condition === 'true') return true;
  const [, path] = /^\$?\.Values\.([\w.-]+)\s*-?$/.exec(condition ?? '') ?? [];
  const found = path === undefined ? undefined : at(values, path.split('.'));
  if (!found) return false;
  if (found.kind === 'scalar')
    return found.value !== false && found.value !== null && found.value !== '' && found.value !== 0;
  return found.kind === 'list' ? found.items.length > 0 : found.entries.size > 0;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
