import http, { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { kinds } from '../model/resources';
import { StatusError } from '../model/statusError';
import { Pod, Service, isPodReady } from '../model/workloads';
import { ClusterObjects } from '../objects/ClusterObjects';
import { podsOfService } from '../controllers/servicePods';
import { PodRuntime } from './podRuntime';
import { ResourceRequest } from './requestInfo';

function unavailable(message: string): StatusError {
  return new StatusError(503, 'ServiceUnavailable', message);
}

/** `web:8000`, `http:web:8000` and `web` name a pod or a service and a port of it. */
export function splitTarget(name: string): { name: string; port: string | undefined } {
  const parts = name.split(':');
  const [target, port] = parts.length === 3 ? parts.slice(1) : parts;
  return { name: target, port: port || undefined };
}

function targetPort(
  objects: ClusterObjects,
  runtime: PodRuntime,
  request: ResourceRequest,
): number {
  const { name, port } = splitTarget(request.name ?? '');
  const object = objects.get(request.resource, request.namespace, name);
  if (request.resource === kinds.pod) {
    const real = runtime.realPort(object as Pod, port);
    if (real === undefined) {
      throw unavailable(`no process serves port ${port ?? '(first)'} of pod "${name}"`);
    }
    return real;
  }
  const service = object as Service;
  const chosen = service.spec.ports?.find(
    entry => port === undefined || String(entry.port) === port || entry.name === port,
  );
  const ready = podsOfService(objects.store, service).find(isPodReady);
  const real = ready && chosen && runtime.realPort(ready, String(chosen.targetPort ?? chosen.port));
  if (real === undefined) {
    throw unavailable(`no endpoints available for service "${request.name}"`);
  }
  return real;
}

/**
 * Passes a request on to the process behind a pod or a service, and its answer back.
 * @throws StatusError 404, 503.
 */
export async function proxyToPod(
  objects: ClusterObjects,
  runtime: PodRuntime,
  request: ResourceRequest,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const port = targetPort(objects, runtime, request);
  const { authorization: _token, host: _host, ...headers } = message.headers;
  const search = request.query.size > 0 ? `?${request.query}` : '';
  const outgoing = http.request({
    host: '127.0.0.1',
    port,
    method: message.method,
    path: `/${request.rest}${search}`,
    headers,
  });
  response.once('close', () => outgoing.destroy());
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', error =>
      reject(unavailable(`error trying to reach service: ${error.message}`)),
    );
    message.pipe(outgoing);
  });
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}
