/** A version cannot be written; the message says why, as the end of a sentence. */
export class EditError extends Error {
  override name = 'EditError';
}
