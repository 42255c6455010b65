import { isMap, isSeq } from 'yaml';
import type { FoundRelease } from '../../doctor/release';
import { EditError } from '../../locate/EditError';
import type { Locator } from '../../locate/locator';
import { parseVersion } from '../../locate/version';
import { writeVersionAt } from '../../locate/versionAt';
import { nameOfPart } from '../../traced/traced';
import { ChangeRefusal } from '../ChangeRefusal';
import type { SharedItem } from './sharedItems';

/**
 * Writes the version into an item that repeats that of a model. As long as both say the same version, nobody can tell from which
 * of them a chart that takes both has it.
 *
 * @param key - of the new item; absent in a list
 * @param releases - of the model that get the version
 * @throws ChangeRefusal
 */
export function writeCopied(
  file: string,
  text: string,
  item: SharedItem,
  key: string | undefined,
  releases: readonly FoundRelease[],
  version: string,
): string {
  const places = releases
    .flatMap(release => [release, ...release.also])
    .filter(place => place.file === file)
    .flatMap(({ at }) => copiedPlace(at, item, key) ?? []);
  try {
    return places.reduce((all, at) => writeVersionAt(all, at, parseVersion(version)), text);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    throw new ChangeRefusal(`${file}: the version cannot be written: ${error.message}`);
  }
}

/** Where a value of an item stands in the item that repeats it. */
function copiedPlace(at: Locator, item: SharedItem, key: string | undefined): Locator | undefined {
  const { collection, document, path } = item;
  if (at.document !== document || at.path.length < path.length) return undefined;
  const isWithin = path.every((step, index) => {
    const name = nameOfPart(at.path[index]);
    const isItem = index === path.length - 1;
    const named = isItem && isSeq(collection) && isMap(item.item) ? item.item.get('name') : step;
    return String(name) === String(step) || name === named;
  });
  if (!isWithin) return undefined;
  const step = isSeq(collection) ? collection.items.length : key ?? '';
  return { ...at, path: [...path.slice(0, -1), step, ...at.path.slice(path.length)] };
}
