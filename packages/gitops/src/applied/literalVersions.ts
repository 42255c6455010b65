import type { Checkout } from '../checkout/checkout';
import type { Chart } from '../charts/chart';
import { parseImage } from '../locate/imageReference';
import type { Origin } from '../traced/traced';
import type { AppliedVersion, VersionsFound } from './appliedVersion';

/** Images that stand with their version in a template of a chart, on the one line where each does. */
export function literalVersions(
  checkout: Checkout,
  { templates }: Chart,
  images: readonly string[],
): VersionsFound {
  const versions = images.flatMap((image): AppliedVersion[] => {
    const { name, tag, digest } = parseImage(image) ?? {};
    const version = tag ?? digest;
    if (name === undefined || version === undefined) return [];
    const places = templates.flatMap(file =>
      linesWith(checkout.text(file) ?? '', image).map(line => ({ file, line })),
    );
    const [place] = places;
    if (!place || places.length > 1) return [];
    // Templates are no YAML: the place is found again by the line's key, where that is the only one.
    const origin: Origin = { ...place, document: 0, path: ['image'], isText: true };
    return [{ version, ...(tag && digest ? { digest } : {}), image: name, kind: 'text', origin }];
  });
  return { versions, problems: [] };
}

function linesWith(text: string, image: string): number[] {
  return text.split('\n').flatMap((line, index) => {
    const found = /^\s*(?:-\s+)?image:\s*["']?([^\s"'#]+)/.exec(line);
    return found?.[1] === image ? [index + 1] : [];
  });
}
