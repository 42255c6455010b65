import type { LocatorKind } from '../locate/locator';
import type { Origin, Traced, TracedScalar } from './traced';

/** Characters of the private use area, which no manifest holds: around the number of a mark, and behind the text. */
const [open, middle, close] = ['\ue000', '\ue001', '\ue002'];
const marked = new RegExp(`${open}(\\d+)${middle}([^${close}]*)${close}`, 'g');

/** A text that a template puts in, with a mark of where it comes from. */
export function mark(
  text: string,
  origin: Origin | undefined,
  marks: Array<Origin | undefined>,
): string {
  marks.push(origin);
  return `${open}${marks.length - 1}${middle}${text}${close}`;
}

/** A text without marks. */
export function unmarked(text: string): string {
  return text.replace(marked, '$2');
}

/**
 * Takes the marks out of what a template has made. A scalar that is one marked text originates where that text does; of one
 * that ends with a marked text, the version does.
 */
export function settle(value: Traced, marks: ReadonlyArray<Origin | undefined>): Traced {
  if (value.kind === 'list')
    return { ...value, items: value.items.map(item => settle(item, marks)) };
  if (value.kind === 'map') {
    const entries = new Map<string, Traced>();
    for (const [key, entry] of value.entries) entries.set(unmarked(key), settle(entry, marks));
    return { ...value, entries };
  }
  return settleScalar(value, marks);
}

function settleScalar(
  scalar: TracedScalar,
  marks: ReadonlyArray<Origin | undefined>,
): TracedScalar {
  const { value } = scalar;
  if (typeof value !== 'string' || !value.includes(open)) return scalar;
  // A block is read as YAML later, which needs the marks.
  if (value.includes('\n')) return { ...scalar, marks };
  const text = unmarked(value);
  const found = [...value.matchAll(marked)];
  const [last] = found.slice(-1);
  const origin = last && marks[Number(last[1])];
  const settled = { ...scalar, value: text, source: text, plain: false };
  if (!last || !origin || !value.endsWith(last[0])) return settled;
  const isWhole = found.length === 1 && last[0] === value;
  if (isWhole) return { ...settled, origin };
  const kind: LocatorKind = 'yaml';
  return { ...settled, versionAt: { kind, origin } };
}
