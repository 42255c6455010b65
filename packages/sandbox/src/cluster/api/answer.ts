import { ServerResponse } from 'node:http';
import { KubernetesObject } from '../model/objects';
import { Resource, apiVersionOf } from '../model/resources';
import { StatusBody, StatusError } from '../model/statusError';

/** Ends the response with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  response.end(JSON.stringify(body));
}

/** Ends the response with text. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** What a path that nothing serves answers, in the real one's words. */
export function sendNoSuchPath(response: ServerResponse): void {
  sendText(response, 404, '404 page not found\n');
}

/** Ends the response with the error; what was not foreseen is logged and told as 500 without its cause. */
export function sendError(
  response: ServerResponse,
  error: unknown,
  log: (line: string) => void,
): void {
  const known =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', 'Internal error occurred');
  if (!(error instanceof StatusError)) {
    log(`internal error: ${error instanceof Error ? error.stack ?? error.message : error}`);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendJson(response, known.code, known.body);
}

/** Items of built-in lists come without apiVersion and kind; those of custom resources with them. */
export function listItem(resource: Resource, object: KubernetesObject): unknown {
  if (resource.custom) {
    return object;
  }
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return rest;
}

/** The body of a list answer. */
export function listBody(
  resource: Resource,
  items: KubernetesObject[],
  metadata: Record<string, unknown>,
): unknown {
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: items.map(item => listItem(resource, item)),
  };
}

/** The answer to a DELETE that took the object away at once. */
export function deletedStatus(resource: Resource, object: KubernetesObject): StatusBody {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.plural,
      uid: object.metadata.uid,
    },
  };
}
