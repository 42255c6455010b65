/** A file cannot be changed safely; the message says why, as the end of a sentence. */
export class EditError extends Error {
  override name = 'EditError';
}
