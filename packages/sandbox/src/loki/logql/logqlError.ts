/** A query that Loki answers with 400. The message is the text of the answer. */
export class LogqlError extends Error {
  override name = 'LogqlError';
}

/** A mistake without a place, as Loki words it. */
export function parseError(message: string): LogqlError {
  return new LogqlError(`parse error : ${message}`);
}

/** What the real Loki knows and this one does not; it must not look like an empty answer. */
export function notSupported(what: string): LogqlError {
  return parseError(`${what} is not supported by the sandbox's Loki`);
}

/** The answer to a selector that would read everything. */
export function emptySelector(): LogqlError {
  return parseError(
    'queries require at least one regexp or equality matcher that does not have an empty-compatible ' +
      'value. For instance, app=~".*" does not meet this requirement, but app=~".+" will',
  );
}
