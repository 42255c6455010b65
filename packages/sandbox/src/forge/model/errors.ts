/** Why the forge refuses something, in the words and with the status of GitHub's REST API. */
export class ForgeError extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    message: string,
    /** The `errors` member of a 422. */
    readonly errors?: Array<Record<string, string>>,
  ) {
    super(message);
    this.name = 'ForgeError';
  }
}

/** What is asked for is not there, or not for everybody to know. */
export function notFound(message = 'Not Found'): ForgeError {
  return new ForgeError(404, message);
}

/** A request that is well-formed and still makes no sense, as GitHub words it. */
export function unprocessable(message: string): ForgeError {
  return new ForgeError(422, message);
}

/** GitHub's 422 about one field. */
export function invalidField(
  resource: string,
  field: string,
  code: 'missing_field' | 'invalid' | 'custom' | 'already_exists',
  message?: string,
): ForgeError {
  const error: Record<string, string> = { resource, code };
  if (code !== 'custom') {
    error.field = field;
  }
  if (message !== undefined) {
    error.message = message;
  }
  return new ForgeError(422, 'Validation Failed', [error]);
}
