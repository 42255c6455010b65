import { chartForm } from './chartForm';
import { EditError } from './EditError';
import { imageForm } from './imageForm';
import { innerRegion } from './innerRegion';
import { isPlainText } from './isPlainText';
import { kustomizeForm } from './kustomizeForm';
import type { Locator, LocatorKind } from './locator';
import { replaceRegion, type Region } from './region';
import { tagForm } from './tagForm';
import { textForm } from './textForm';
import { textRegion } from './textRegion';
import type { Version, VersionForm } from './version';
import { yamlRegion } from './yamlRegion';

/** The form of each kind of locator. A new kind is one entry here and one file with its test. */
export const versionForms: Record<LocatorKind, VersionForm> = {
  yaml: tagForm,
  json: tagForm,
  image: imageForm,
  kustomize: kustomizeForm,
  chart: chartForm,
  text: textForm,
};

/** A version and the line where it stands. */
export interface PlacedVersion extends Version {
  /** From 1. */
  line: number;
}

/**
 * Reads the version at a locator; undefined where there is none.
 *
 * @throws EditError when what stands there cannot be told apart from other values
 */
export function readVersionAt(text: string, locator: Locator): PlacedVersion | undefined {
  const region = regionOf(text, locator);
  const version = region && versionForms[locator.kind].read(region.value);
  return version && { ...version, line: region.line };
}

/**
 * Writes a version at a locator and changes nothing else of the text: comments, quotes, order, line ends and a byte order mark
 * stay. What YAML would take for something else than a text is put in quotes.
 *
 * @throws EditError when there is no such value or the change would change something else
 */
export function writeVersionAt(text: string, locator: Locator, version: Version): string {
  const region = regionOf(text, locator);
  if (!region) throw new EditError('there is no such value');
  const value = versionForms[locator.kind].write(region.value, version);
  if (value === region.value && region.style !== 'plain') return text;
  const quoted = locator.kind === 'json' || !isPlainText(value);
  const changed = replaceRegion(text, region, value, quoted);
  const after = regionOf(changed, locator);
  const isSame = after?.value === value && after.start === region.start;
  if (!isSame || text.slice(region.end) !== changed.slice(after.end)) {
    throw new EditError('the change would change something else: write the value plainly');
  }
  return changed;
}

function regionOf(text: string, locator: Locator): Region | undefined {
  const { kind, document, path, inner } = locator;
  if (kind === 'text') return textRegion(text, path);
  return inner ? innerRegion(text, locator, inner) : yamlRegion(text, document, path);
}
