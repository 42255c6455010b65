import type { Checkout } from '../checkout/checkout';
import { nameOfPart, type KeyPath, type Traced } from '../traced/traced';
import type { Chart } from './chart';
import { isReached } from './templateConditions';

/**
 * Whether the templates of a chart surely use a value, by their text alone: one names it, or a block above it as a whole, where no
 * condition keeps it from that.
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
      const above = keys.slice(0, keys.length - index).join('.');
      // Of a block above, only its use as a whole counts: `with`, `range`, an argument.
      const isWhole = index === 0 || !text.includes(`.Values.${above}.`);
      return isWhole && text.includes(`.Values.${above}`) && isReached(text, above, values);
    });
  });
}
