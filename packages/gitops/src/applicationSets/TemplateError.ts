/** A template cannot be rendered here; the message says why, as the end of a sentence. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}
