import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import { EditError } from './EditError';
import { endOfLines, says } from './lines';

/**
 * Removes `image.digest` from the text of a tenant file, and nothing else of it; the same text when there is none. A digest
 * pins the content of one version: left beside another tag it would go on running the old image under the new name.
 *
 * @throws EditError when it does not stand on a line of its own
 */
export function dropDigest(text: string): string {
  const document = parseDocument(text);
  const image: unknown = document.errors.length > 0 ? undefined : document.get('image', true);
  const pair = isMap(image)
    ? image.items.find(({ key }) => isScalar(key) && key.value === 'digest')
    : undefined;
  if (!isMap(image) || !pair) return text;
  const start = (isNode(pair.key) && pair.key.range?.[0]) || 0;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const changed = `${text.slice(0, from)}${text.slice(endOfLines(text, pair))}`;
  const values = document.toJS({ maxAliasCount: 10 }) as { image: Record<string, unknown> };
  const { digest: _, ...rest } = values.image;
  if (image.flow || !says(changed, { ...values, image: rest })) {
    throw new EditError(
      'image.digest pins the content of the version before: write it on a line of its own, or remove it',
    );
  }
  return changed;
}
