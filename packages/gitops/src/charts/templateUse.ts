import type { Checkout } from '../checkout/checkout';
import { nameOfPart, type KeyPath, type Traced } from '../traced/traced';
import type { Chart } from './chart';
import { holdsText } from './holdsText';
import { isReached } from './templateConditions';

/** A format that puts more into a tag than one value. */
const partOfTag = /printf\s+"(?!(?:%s\/)*%s[:@]%s")/;

/**
 * Whether the templates of a chart surely use a value as the version of an image, by their text alone: it stands behind `image:` or
 * in a helper for images, and no condition keeps it from that.
 */
export function usesValue(
  checkout: Checkout,
  { templates }: Chart,
  path: KeyPath,
  values: Traced | undefined,
): boolean {
  const keys = path.map(part => String(nameOfPart(part)));
  return templates.some(file => {
    const text = checkout.text(file) ?? '';
    return keys.some((_, index) => {
      const length = keys.length - index;
      const above = keys.slice(0, length).join('.');
      // Of a block above, only its use as a whole counts: `with`, `range`, an argument.
      if (index > 0 && text.includes(`.Values.${above}.`)) return false;
      const below = keys.slice(length).join('.');
      return isReached(text, above, values, place => isOfImage(text, place, below));
    });
  });
}

/** Whether what is used at a place of a template goes into an image, and all of the version with it. */
function isOfImage(text: string, place: number, below: string): boolean {
  const start = text.lastIndexOf('\n', place) + 1;
  const [line] = /^.*/.exec(text.slice(start)) ?? [''];
  const column = place - start;
  const helper = helperAround(text, place);
  const above = text.slice(text.lastIndexOf('\n---', place) + 1, place);
  if (helper === undefined && holdsText(above)) return false;
  if (helper !== undefined || isInImage(line, column)) {
    return isWhole(line, column) && !partOfTag.test(helper ?? line);
  }
  // Of a block that a template goes into, its own lines tell.
  const inner = new RegExp(`[\\s(]\\.${below.replaceAll('.', '\\.')}\\b`);
  const lines = text.slice(place).match(/^.*\bimage["']?:.*$/gm) ?? [];
  return below !== '' && lines.some(one => inner.test(one) && isWhole(one, one.search(inner)));
}

/** Whether nothing but parts of an image stands between `image:` and the action at a place. */
function isInImage(line: string, place: number): boolean {
  const before = line.slice(0, line.lastIndexOf('{{', place)).replace(/\{\{.*?\}\}/g, '');
  return /\bimage["']?:\s*["']?[^\s,"']*$/.test(before);
}

/** The text of the helper for images that a place is in; undefined when it is in none. */
function helperAround(text: string, place: number): string | undefined {
  const defines = /\{\{-?\s*define\s+["']([^"']+)["']/g;
  const all = [...text.matchAll(defines)];
  const found = all.findLast(({ index }) => index < place);
  if (!found || !/image/i.test(found[1])) return undefined;
  return text.slice(found.index, all[all.indexOf(found) + 1]?.index);
}

/** Whether nothing stands before or behind the action at a place that would be part of the version. */
function isWhole(line: string, place: number): boolean {
  const before = line.slice(0, line.lastIndexOf('{{', place));
  const close = line.indexOf('}}', place);
  return (
    close >= 0 &&
    /(?:^|[:@\s"'])$/.test(before) &&
    /^(?:["'\s@]|\{\{-?\s*end\b|$)/.test(line.slice(close + 2))
  );
}
