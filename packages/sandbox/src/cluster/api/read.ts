import { ServerResponse } from 'node:http';
import { KubernetesObject, objectKey } from '../model/objects';
import { parseFieldSelector, parseLabelSelector, Matcher } from '../model/selectors';
import { expiredContinue, expiredList, versionTooLarge } from '../model/statusError';
import { ClusterObjects } from '../objects/ClusterObjects';
import { listBody, sendJson } from './answer';
import { ListOptions, listOptions, writeContinuation } from './listOptions';
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

/** The objects of one version, and which version that is. @throws StatusError 410, 504. */
function stateOf(
  { store }: ClusterObjects,
  request: ResourceRequest,
  { version, isExact, continuation }: ListOptions,
): { all: KubernetesObject[]; revision: number } {
  const { resource, namespace } = request;
  if (version !== undefined && version > store.revision) {
    throw versionTooLarge(version, store.revision);
  }
  const revision = continuation?.version ?? (isExact ? version : undefined) ?? -1;
  if (revision < 0) {
    return { all: store.list(resource, namespace), revision: store.revision };
  }
  const all = store.listAt(resource, namespace, revision);
  if (all) {
    return { all, revision };
  }
  throw continuation
    ? expiredContinue(writeContinuation({ ...continuation, version: -1 }))
    : expiredList();
}

/** Answers GET for a list, page by page when `limit` asks for it. @throws StatusError. */
export function listObjects(
  objects: ClusterObjects,
  request: ResourceRequest,
  response: ServerResponse,
  table: TableOptions | undefined,
): void {
  const matches = matcherOf(request);
  const options = listOptions(request);
  const { continuation, limit } = options;
  const { all, revision } = stateOf(objects, request, options);
  const placeOf = (object: KubernetesObject) =>
    request.namespace === undefined ? objectKey(object) : object.metadata.name;
  const rest = all.filter(
    object => matches(object) && (!continuation || placeOf(object) >= continuation.start),
  );
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const remaining = rest.length - page.length;
  const isSelected = ['labelSelector', 'fieldSelector'].some(name => request.query.get(name));
  const start = `${remaining > 0 ? placeOf(page[page.length - 1]) : ''}\0`;
  const metadata = {
    resourceVersion: String(revision),
    ...(remaining > 0 ? { continue: writeContinuation({ start, version: revision }) } : {}),
    // With a selector the real one does not know how many more match.
    ...(remaining > 0 && !isSelected ? { remainingItemCount: remaining } : {}),
  };
  sendJson(
    response,
    200,
    table
      ? toTable(request.resource, page, table, metadata)
      : listBody(request.resource, page, metadata),
  );
}
