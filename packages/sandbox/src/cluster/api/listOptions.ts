import { badRequest, invalidOptions, StatusError, unreadableContinue } from '../model/statusError';
import { ResourceRequest } from './requestInfo';

/** Which version of a list is meant. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
export interface ListOptions {
  /** The version that the caller names; undefined when it names none. */
  version: number | undefined;
  /** The list is to be the state at exactly that version. */
  isExact: boolean;
  /** How many objects; 0: all. */
  limit: number;
  continuation: Continuation | undefined;
}

/** Where a page begins. */
export interface Continuation {
  /** Name (in a list over all namespaces: namespace/name) and a NUL: what sorts after it comes next. */
  start: string;
  /** Version of the list that it goes on from; -1 for the present state. */
  version: number;
}

const tokenVersion = 'meta.k8s.io/v1';

/** A continue token in the real one's form. */
export function writeContinuation({ start, version }: Continuation): string {
  const token = { v: tokenVersion, rv: version, start: `/${start}` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readContinuation(text: string | null): Continuation | undefined {
  if (!text) {
    return undefined;
  }
  let token: unknown;
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw unreadableContinue((error as Error).message);
  }
  const { v, rv, start } = (token ?? {}) as Record<string, unknown>;
  if (v !== tokenVersion || typeof rv !== 'number' || typeof start !== 'string' || !start) {
    throw unreadableContinue('server does not recognize this encoded version');
  }
  return { version: rv, start: start.replace(/^\//, '') };
}

/** A whole number of the query; 0 where there is none. @throws StatusError 400. */
export function wholeNumber(request: ResourceRequest, name: string): number {
  const text = request.query.get(name);
  if (text && !/^[-+]?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text || 0);
}

function parseVersion(text: string | null): number | undefined | StatusError {
  if (!text) {
    return undefined;
  }
  const quoted = JSON.stringify(text);
  return /^\d+$/.test(text)
    ? Number(text)
    : new StatusError(
        500,
        '',
        `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
      );
}

function forbidden(field: string, why: string): StatusError {
  const message = `Forbidden: ${why}`;
  return invalidOptions('ListOptions', { reason: 'FieldValueForbidden', message, field });
}

function checkMatch(request: ResourceRequest): void {
  const field = 'resourceVersionMatch';
  const match = request.query.get(field);
  const version = request.query.get('resourceVersion');
  if (!match) {
    return;
  }
  if (!['Exact', 'NotOlderThan'].includes(match)) {
    const values = 'supported values: "Exact", "NotOlderThan", ""';
    const message = `Unsupported value: ${JSON.stringify(match)}: ${values}`;
    throw invalidOptions('ListOptions', { reason: 'FieldValueNotSupported', message, field });
  }
  if (!version && request.verb === 'list') {
    throw forbidden(field, `${field} is forbidden unless resourceVersion is provided`);
  }
  if (match === 'Exact' && version === '0') {
    throw forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`);
  }
}

/** The options of a list. @throws StatusError 400, 422. */
export function listOptions(request: ResourceRequest): ListOptions {
  const { query } = request;
  const limit = Math.max(0, wholeNumber(request, 'limit'));
  if (query.get('sendInitialEvents')) {
    throw forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  }
  checkMatch(request);
  const version = parseVersion(query.get('resourceVersion'));
  if (version instanceof StatusError) {
    throw badRequest(`invalid resource version: ${version.message}`);
  }
  const match = query.get('resourceVersionMatch');
  return {
    version,
    isExact: match === 'Exact' || (!match && limit > 0 && (version ?? 0) > 0),
    limit,
    continuation: readContinuation(query.get('continue')),
  };
}

/** How a watch begins. */
export interface WatchOptions {
  version: number | undefined;
  /** The present objects come first, and then a bookmark says that they were all. */
  sendInitialEvents: boolean;
  allowBookmarks: boolean;
  /** 0: as long as the server likes. */
  timeoutSeconds: number;
}

/** The options of a watch. @throws StatusError 400, 422, and 500 for a version that is none, as the real one does. */
export function watchOptions(request: ResourceRequest): WatchOptions {
  const { query } = request;
  const timeoutSeconds = wholeNumber(request, 'timeoutSeconds');
  const sendInitialEvents = query.get('sendInitialEvents') === 'true';
  if (sendInitialEvents && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    const rule = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
    throw forbidden('resourceVersionMatch', rule);
  }
  const version = parseVersion(query.get('resourceVersion'));
  if (version instanceof StatusError) {
    throw version;
  }
  return {
    version,
    sendInitialEvents,
    allowBookmarks: query.get('allowWatchBookmarks') === 'true',
    timeoutSeconds,
  };
}
