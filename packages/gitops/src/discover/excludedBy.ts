import type { Checkout } from '../checkout/checkout';
import { isUnreadable } from '../checkout/isUnreadable';
import { parseLayouts } from '../layout/layout';
import type { LayoutSettings } from '../layout/layoutSchema';

/** What the pattern of a layout meets although it is none of its own. */
export function excludedBy(
  checkout: Checkout,
  settings: LayoutSettings,
  own: ReadonlySet<string>,
): string[] {
  const [{ path }] = parseLayouts({ layouts: [settings] });
  // A pattern meets files and folders alike.
  return [...checkout.files, ...foldersIn(checkout)]
    .filter(
      place => !own.has(place) && path?.match(place) !== undefined && !isSpoilt(checkout, place),
    )
    .map(place => place.replace(/[*?[{]/g, '?'));
}

/** A values file with a mistake in it stays a layout's own, so that doctor and portal name it; a template is none. */
function isSpoilt(checkout: Checkout, file: string): boolean {
  return (
    /\.(ya?ml|json)$/.test(file) &&
    isUnreadable(checkout, file) &&
    !checkout.text(file)?.includes('{{')
  );
}

const folders = new WeakMap<Checkout, string[]>();

function foldersIn(checkout: Checkout): string[] {
  const known = folders.get(checkout);
  if (known) return known;
  const all = new Set<string>();
  for (const file of checkout.files) {
    const parts = file.split('/').slice(0, -1);
    parts.forEach((_, index) => all.add(parts.slice(0, index + 1).join('/')));
  }
  folders.set(checkout, [...all]);
  return [...all];
}
