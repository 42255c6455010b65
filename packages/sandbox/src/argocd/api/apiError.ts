/** gRPC status codes and the HTTP status that grpc-gateway gives them. */
export const grpcCodes = {
  unknown: [2, 500],
  invalidArgument: [3, 400],
  notFound: [5, 404],
  permissionDenied: [7, 403],
  failedPrecondition: [9, 400],
  unimplemented: [12, 501],
  unavailable: [14, 503],
  unauthenticated: [16, 401],
} as const;

/** A refusal in Argo CD's form: `{ error, code, message }` with a gRPC code. */
export class ApiError extends Error {
  readonly code: number;
  readonly httpStatus: number;

  constructor(kind: keyof typeof grpcCodes, message: string) {
    super(message);
    this.name = 'ApiError';
    [this.code, this.httpStatus] = grpcCodes[kind];
  }
}

/** The body of an error answer. */
export function errorBody(error: ApiError): Record<string, unknown> {
  return { error: error.message, code: error.code, message: error.message };
}

/** What Argo CD says of an application that is absent or that the caller may not see: the same in both cases. */
export function permissionDenied(): ApiError {
  return new ApiError('permissionDenied', 'permission denied');
}

/** What Argo CD says of an application that is not in the project that the request names. */
export function applicationNotFound(name: string): ApiError {
  return new ApiError('notFound', `applications.argoproj.io "${name}" not found`);
}
