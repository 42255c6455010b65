/** A request that Loki refuses: the answer's status and its text/plain body. */
export class LokiError extends Error {
  override name = 'LokiError';

  constructor(readonly status: number, readonly body: string) {
    super(body.trim());
  }
}

/** Like Go's http.Error, which ends the text with a line break; errors of queries have none. */
export function httpError(status: number, text: string): LokiError {
  return new LokiError(status, `${text}\n`);
}
