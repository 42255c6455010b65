import type { Checkout } from '../checkout/checkout';
import { imageValues, oddTags } from '../charts/imageValues';
import { asVersion } from '../applied/likelyVersion';
import {
  sorted,
  versionOf,
  type AppliedVersion,
  type VersionProblem,
  type VersionsFound,
} from '../applied/appliedVersion';
import { EditError } from '../locate/EditError';
import { formatLocator, locatorAt, parseLocator, type Locator } from '../locate/locator';
import { readVersionAt } from '../locate/versionAt';
import { at, scalarOf, type Origin } from '../traced/traced';

/** Versions that a file holds by its own words, and what stands in the place of one. */
export function likelyVersions(checkout: Checkout, file: string): VersionsFound {
  const odd = checkout.documents(file).flatMap(({ value }) => oddTags(value));
  return sorted([
    ...valuesIn(checkout, file)
      .filter(({ isLikely }) => isLikely)
      .map(asVersion),
    ...odd.map(({ scalar }) => versionOf(scalar, { kind: 'yaml' })),
  ]);
}

/** Versions of a file at the places that a layout names, of any kind of locator. */
export function locatedVersions(
  checkout: Checkout,
  file: string,
  locators: readonly string[],
): VersionsFound {
  return sorted(
    locators.flatMap(written => {
      if (written.includes('{service}')) return servicesAt(checkout, file, written);
      const locator = parseLocator(written);
      return locator ? [versionAt(checkout, file, locator)] : [];
    }),
  );
}

function versionAt(
  checkout: Checkout,
  file: string,
  locator: Locator,
): AppliedVersion | VersionProblem {
  const { kind, document, path, inner } = locator;
  const place: Origin = { file, line: 1, document, path, ...(inner ? { inner } : {}) };
  try {
    const placed = readVersionAt(checkout.text(file) ?? '', locator);
    const value = at(checkout.documents(file).find(({ index }) => index === document)?.value, path);
    if (!placed) {
      return value?.kind === 'scalar' && value.value && !inner
        ? versionOf({ ...value, origin: { ...place, ...value.origin } }, { kind })
        : { reason: `there is no version at ${formatLocator(locator)}`, origin: place };
    }
    const origin = { ...place, line: placed.line };
    // What YAML takes for something else than a text is told of the value itself.
    if (value?.kind === 'scalar' && !inner && kind !== 'text') {
      return versionOf({ ...value, origin }, { kind, ...namesAt(checkout, file, placed.line) });
    }
    const { version, digest } = placed;
    return versionOf(scalarOf(digest ? `${version}@${digest}` : version, origin), { kind });
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    return { reason: error.message, origin: place };
  }
}

/** What a values file says besides the version: the image, and the key above it. */
function namesAt(checkout: Checkout, file: string, line: number) {
  const found = valuesIn(checkout, file).find(({ scalar }) => scalar.origin?.line === line);
  return {
    ...(found?.image ? { image: found.image } : {}),
    ...(found?.service ? { service: found.service } : {}),
  };
}

/** A locator with `{service}` finds whatever stands at such a place. */
function servicesAt(checkout: Checkout, file: string, written: string) {
  const source = written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${source.replace('\\{service\\}', '[^.\\[\\]]+')}$`);
  return valuesIn(checkout, file)
    .filter(
      ({ kind, scalar: { origin } }) =>
        origin && expression.test(formatLocator(locatorAt(kind, origin))),
    )
    .map(asVersion);
}

function valuesIn(checkout: Checkout, file: string) {
  return checkout.documents(file).flatMap(({ value }) => imageValues(value));
}
