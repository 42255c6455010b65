import { setScalar } from './setScalar';

/**
 * Changes `image.tag` in the text of a tenant file, as {@link setScalar} does. A digest behind the tag (`1.2.3@sha256:...`) belongs
 * to the version before and goes with it.
 *
 * @param tag - an image tag
 * @throws EditError
 */
export function setTag(text: string, tag: string): string {
  return setScalar(text, ['image', 'tag'], tag);
}
