/** A layout cannot be used; the message names the setting and the cure. */
export class LayoutError extends Error {
  override name = 'LayoutError';
}
