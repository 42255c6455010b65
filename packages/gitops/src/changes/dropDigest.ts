import { isMap, isNode, isScalar } from 'yaml';
import { EditError } from '../locate/EditError';
import { documentOf, endOfLines, says, valuesOf } from './lines';

const unsafe =
  'image.digest pins the content of the version before: write it on a line of its own, or remove it';

/**
 * Removes `image.digest` from the text of a tenant file, and nothing else of it; the same text when there is none. A digest
 * pins the content of one version: left beside another tag it would go on running the old image under the new name.
 *
 * @throws EditError when it does not stand on a line of its own
 */
export function dropDigest(text: string): string {
  const values = valuesOf(text);
  const block = values?.image;
  if (typeof block !== 'object' || block === null || !Object.hasOwn(block, 'digest')) return text;
  const image: unknown = documentOf(text)?.get('image', true);
  const pair = isMap(image)
    ? image.items.find(({ key }) => isScalar(key) && key.value === 'digest')
    : undefined;
  // It comes by an anchor, which others may need.
  if (!isMap(image) || !pair) throw new EditError(unsafe);
  const start = (isNode(pair.key) && pair.key.range?.[0]) || 0;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const changed = `${text.slice(0, from)}${text.slice(endOfLines(text, pair))}`;
  const { digest: _, ...rest } = block as Record<string, unknown>;
  if (image.flow || !says(changed, { ...values, image: rest })) throw new EditError(unsafe);
  return changed;
}
