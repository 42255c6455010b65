import { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { Resource, kinds } from '../model/resources';
import { methodNotAllowed, notAcceptable } from '../model/statusError';
import { Pod } from '../model/workloads';
import { ClusterObjects } from '../objects/ClusterObjects';
import { deletedStatus, listBody, sendJson, sendNoSuchPath } from './answer';
import { readObject } from './body';
import { applyPatch, readPatch } from './patchRequest';
import { sendPodLog } from './podLog';
import { proxyToPod } from './podProxy';
import { PodRuntime } from './podRuntime';
import { getObject, listObjects } from './read';
import { ResourceRequest } from './requestInfo';
import { toScale, withScale } from './scale';
import { tableOptions } from './tables/table';
import { watchObjects } from './watch';
import {
  createObject,
  deleteCollection,
  readDeleteOptions,
  updateObject,
  writeOptions,
} from './write';

/** What answering requests for objects needs. */
export interface ObjectServices {
  objects: ClusterObjects;
  runtime: PodRuntime;
  clock: Clock;
}

/** Kinds whose DELETE answers with the object instead of a Status. */
const answersDeletedObject: Resource[] = [kinds.pod, kinds.service, kinds.serviceAccount];

async function serveScale(
  { objects }: ObjectServices,
  request: ResourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { resource, namespace, verb } = request;
  const name = request.name ?? '';
  const options = writeOptions(request, message);
  let object: KubernetesObject;
  if (verb === 'get') {
    object = objects.get(resource, namespace, name);
  } else if (verb === 'update') {
    const scale = await readObject(message);
    object = objects.modify(resource, namespace, name, now => withScale(now, scale), options);
  } else if (verb === 'patch') {
    const patch = await readPatch(message, request);
    if (patch.kind === 'apply') {
      throw methodNotAllowed();
    }
    object = objects.modify(
      resource,
      namespace,
      name,
      now => withScale(now, patch.change(toScale(now))),
      options,
    );
  } else {
    throw methodNotAllowed();
  }
  sendJson(response, 200, toScale(object));
}

async function serveDelete(
  { objects }: ObjectServices,
  request: ResourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { resource, namespace } = request;
  const { dryRun } = writeOptions(request, message);
  const options = { ...(await readDeleteOptions(request, message)), dryRun };
  if (request.verb === 'deletecollection') {
    const items = deleteCollection(objects, request, options);
    const metadata = { resourceVersion: String(objects.store.revision) };
    sendJson(response, 200, listBody(resource, items, metadata));
    return;
  }
  const { object, gone } = objects.delete(resource, namespace, request.name ?? '', options);
  const asObject = !gone || answersDeletedObject.includes(resource);
  sendJson(response, 200, asObject ? object : deletedStatus(resource, object));
}

/** @throws StatusError 406. */
function checkAcceptable(accept: string | undefined): void {
  const types = (accept ?? '*/*').split(',').map(type => type.split(';')[0].trim());
  if (!types.some(type => type === '*/*' || type.startsWith('application/'))) {
    throw notAcceptable();
  }
}

async function serveMain(
  services: ObjectServices,
  request: ResourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { objects, clock } = services;
  checkAcceptable(message.headers.accept);
  const table = tableOptions(message.headers.accept, request.query, clock.now());
  switch (request.verb) {
    case 'get':
      getObject(objects, request, response, table);
      return;
    case 'list':
      listObjects(objects, request, response, table);
      return;
    case 'watch':
      watchObjects(objects.store, clock, request, response, table);
      return;
    case 'create':
      if (request.name) {
        throw methodNotAllowed();
      }
      sendJson(response, 201, await createObject(objects, request, message));
      return;
    case 'update':
      sendJson(response, 200, await updateObject(objects, request, message));
      return;
    case 'patch': {
      if (!request.name) {
        throw methodNotAllowed();
      }
      const patch = await readPatch(message, request);
      const options = writeOptions(request, message);
      const { object, created } = applyPatch(objects, clock, request, patch, options);
      sendJson(response, created ? 201 : 200, object);
      return;
    }
    default:
      await serveDelete(services, request, message, response);
  }
}

/** Answers a request for objects that authorization has let through. @throws StatusError. */
export async function serveObjects(
  services: ObjectServices,
  request: ResourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { resource, subresource, verb } = request;
  const isPod = resource === kinds.pod;
  if (subresource === undefined) {
    await serveMain(services, request, message, response);
  } else if (subresource === 'status' && resource.status) {
    if (!['get', 'update', 'patch'].includes(verb)) {
      throw methodNotAllowed();
    }
    await serveMain(services, request, message, response);
  } else if (subresource === 'scale' && resource.scale) {
    await serveScale(services, request, message, response);
  } else if (subresource === 'log' && isPod && verb === 'get') {
    const pod = services.objects.get(resource, request.namespace, request.name ?? '') as Pod;
    sendPodLog(services.runtime, pod, request.query, services.clock.now(), response);
  } else if (subresource === 'proxy' && (isPod || resource === kinds.service)) {
    await proxyToPod(services.objects, services.runtime, request, message, response);
  } else {
    sendNoSuchPath(response);
  }
}
