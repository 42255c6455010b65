import { Resource, qualifiedName } from './resources';

/** A cause in the details of a Status. */
export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

/** The body of every failure: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface StatusBody {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string };
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

/** An answer other than success, with the words and the shape of the real API server's. */
export class StatusError extends Error {
  readonly body: StatusBody;

  constructor(
    readonly code: number,
    /** '' for an error that the real one gives none. */
    readonly reason: string,
    message: string,
    details?: StatusBody['details'],
    metadata: StatusBody['metadata'] = {},
  ) {
    super(message);
    this.name = 'StatusError';
    this.body = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata,
      status: 'Failure',
      message,
      ...(reason ? { reason } : {}),
      ...(details ? { details } : {}),
      code,
    };
  }
}

function detailsOf(resource: Resource, name: string): NonNullable<StatusBody['details']> {
  return {
    ...(name ? { name } : {}),
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
  };
}

/** 401: no token, or one that nobody has. */
export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

/** 403 with a reason of its own, for example from admission. */
export function forbidden(
  resource: Resource,
  name: string,
  why: string,
  causes?: StatusCause[],
): StatusError {
  const named = name ? `${qualifiedName(resource)} "${name}"` : qualifiedName(resource);
  return new StatusError(403, 'Forbidden', `${named} is forbidden: ${why}`, {
    ...detailsOf(resource, name),
    ...(causes ? { causes } : {}),
  });
}

/** 404 for one object. */
export function notFound(resource: Resource, name: string): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualifiedName(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

/** 409: the name is taken. */
export function alreadyExists(resource: Resource, name: string): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualifiedName(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  );
}

/** 409: the writer had an older version than the stored one, or another precondition failed. */
export function conflict(
  resource: Resource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`,
    detailsOf(resource, name),
  );
}

/** 422 with one cause a field. `message` in a cause is what follows the field's path. */
export function invalid(resource: Resource, name: string, causes: StatusCause[]): StatusError {
  const kind = resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
  const texts = causes.map(cause =>
    cause.field ? `${cause.field}: ${cause.message}` : cause.message,
  );
  const joined = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return new StatusError(422, 'Invalid', `${kind} "${name}" is invalid: ${joined}`, {
    ...(name ? { name } : {}),
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.kind,
    causes,
  });
}

/** 400. */
export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** 422 for a parameter of the query; `kind` is the options' own, for example ListOptions. */
export function invalidOptions(kind: string, cause: Required<StatusCause>): StatusError {
  const group = 'meta.k8s.io';
  const message = `${kind}.${group} "" is invalid: ${cause.field}: ${cause.message}`;
  return new StatusError(422, 'Invalid', message, { group, kind, causes: [cause] });
}

/** 400: a continue token that is none. */
export function unreadableContinue(why: string): StatusError {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}

/** 404: the group and version are there, the resource is not. */
export function noSuchResource(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** 406: no form of an answer that the caller takes. */
export function notAcceptable(): StatusError {
  const forms =
    'application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
  const message = `406: Not Acceptable\n\nAvailable representations: ${forms}`;
  return new StatusError(406, 'NotAcceptable', message, {});
}

/** 405: the resource is there, the verb is not. */
export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** 415: a body in a format that nothing takes. */
export function unknownMediaType(): StatusError {
  return new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** 415: a body in a format that this call does not take. */
export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}

/** 410: a watch or a list asked for a version that the history no longer holds. */
export function expired(asked: number, oldest: number): StatusError {
  return new StatusError(410, 'Expired', `too old resource version: ${asked} (${oldest})`);
}

/** 410: a page of a list whose version the history no longer holds; with the token the rest can be had, as it is now. */
export function expiredContinue(token: string): StatusError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, ' +
    'or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an ' +
    'inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  return new StatusError(410, 'Expired', message, undefined, { continue: token });
}

/** 410: a list of a version that the history no longer holds. */
export function expiredList(): StatusError {
  return new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
}

/** 504: a version from the future. */
export function versionTooLarge(asked: number, current: number): StatusError {
  return new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  );
}
