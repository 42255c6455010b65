import { ServerResponse } from 'node:http';
import { objectKey } from '../model/objects';
import { parseFieldSelector, parseLabelSelector, Matcher } from '../model/selectors';
import { StatusError, badRequest, versionTooLarge } from '../model/statusError';
import { ClusterObjects } from '../objects/ClusterObjects';
import { listBody, sendJson } from './answer';
import { ResourceRequest } from './requestInfo';
import { TableOptions, toTable } from './tables/table';

/** Which objects of a list or watch are meant. @throws StatusError 400. */
export function matcherOf(request: ResourceRequest): Matcher {
  const labels = parseLabelSelector(request.query.get('labelSelector') ?? undefined);
  const fields = parseFieldSelector(request.query.get('fieldSelector') ?? undefined);
  const { name } = request;
  return object =>
    (name === undefined || object.metadata.name === name) && labels(object) && fields(object);
}

/** The version that the caller names; undefined when it names none. @throws StatusError 400. */
export function versionOf(request: ResourceRequest): number | undefined {
  const text = request.query.get('resourceVersion');
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(text)}: invalid resource version`,
    );
  }
  return Number(text);
}

interface Continuation {
  /** The key after which the next page begins. */
  after: string;
  revision: number;
}

function writeContinuation(value: Continuation): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function readContinuation(text: string | null): Continuation | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Continuation;
    if (typeof value.after === 'string' && typeof value.revision === 'number') {
      return value;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw badRequest('continue key is not valid');
}

/** Answers GET for one object. @throws StatusError. */
export function getObject(
  objects: ClusterObjects,
  request: ResourceRequest,
  response: ServerResponse,
  table: TableOptions | undefined,
): void {
  const object = objects.get(request.resource, request.namespace, request.name ?? '');
  sendJson(
    response,
    200,
    table
      ? toTable(request.resource, [object], table, {
          resourceVersion: object.metadata.resourceVersion,
        })
      : object,
  );
}

/** Answers GET for a list, page by page when `limit` asks for it. @throws StatusError. */
export function listObjects(
  objects: ClusterObjects,
  request: ResourceRequest,
  response: ServerResponse,
  table: TableOptions | undefined,
): void {
  const { store } = objects;
  const asked = versionOf(request);
  if (asked !== undefined && asked > store.revision) {
    throw versionTooLarge(asked, store.revision);
  }
  const limit = Number(request.query.get('limit') ?? 0);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new StatusError(400, 'BadRequest', 'limit: Invalid value: it must be a whole number');
  }
  const from = readContinuation(request.query.get('continue'));
  const matching = store.list(request.resource, request.namespace).filter(matcherOf(request));
  const rest = from ? matching.filter(object => objectKey(object) > from.after) : matching;
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const revision = from?.revision ?? store.revision;
  const remaining = rest.length - page.length;
  const metadata = {
    resourceVersion: String(revision),
    ...(remaining > 0
      ? {
          continue: writeContinuation({ after: objectKey(page[page.length - 1]), revision }),
          remainingItemCount: remaining,
        }
      : {}),
  };
  sendJson(
    response,
    200,
    table
      ? toTable(request.resource, page, table, metadata)
      : listBody(request.resource, page, metadata),
  );
}
