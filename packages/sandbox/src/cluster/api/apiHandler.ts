import { IncomingMessage, ServerResponse } from 'node:http';
import { exposition, expositionType, type Metric } from '../../prometheus/exposition';
import { ApiTokens, authenticate, authorize } from './access';
import { sendError, sendJson, sendNoSuchPath, sendText } from './answer';
import { serveComputed } from './computed';
import { discoveryBody, versionBody } from './discovery';
import { containerMetrics } from '../metrics/containerMetrics';
import { stateMetrics } from '../metrics/stateMetrics';
import { badRequest, noSuchResource } from '../model/statusError';
import { openApiBody } from './openApi';
import { namesAbsentResource, parseResourceRequest } from './requestInfo';
import { ObjectServices, serveObjects } from './serveObjects';

const healthPaths = ['/healthz', '/readyz', '/livez'];

/** What the API needs beside {@link ObjectServices}. */
export interface ApiOptions extends ObjectServices {
  tokens: ApiTokens;
  /** Prometheus' target list, see cluster/targets.ts. */
  targets: () => unknown;
  log: (line: string) => void;
}

function sendMetrics(response: ServerResponse, metrics: Metric[]): void {
  response.writeHead(200, { 'Content-Type': expositionType }).end(exposition(metrics));
}

/** Answers that need no token. False when the path is not among them. */
async function servePublic(
  options: ApiOptions,
  pathname: string,
  response: ServerResponse,
): Promise<boolean> {
  if (healthPaths.includes(pathname)) {
    sendText(response, 200, 'ok');
  } else if (pathname === '/version') {
    sendJson(response, 200, versionBody);
  } else if (pathname === '/prometheus/targets') {
    sendJson(response, 200, options.targets());
  } else if (pathname === '/kube-state-metrics/metrics') {
    sendMetrics(response, stateMetrics(options.objects.store));
  } else if (pathname === '/metrics/cadvisor') {
    sendMetrics(response, await containerMetrics(options.objects.store, options.runtime));
  } else {
    return false;
  }
  return true;
}

async function serve(
  options: ApiOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Behind a fixed host: `//x` is a path here, not another host.
  const url = URL.parse(`http://localhost${message.url ?? '/'}`);
  if (!url) {
    throw badRequest('the URL cannot be parsed');
  }
  if (message.method === 'GET' && (await servePublic(options, url.pathname, response))) {
    return;
  }
  const user = authenticate(message.headers.authorization, options.tokens);
  const request = parseResourceRequest(message.method ?? 'GET', url);
  if (request) {
    authorize(user, request);
    await serveObjects(options, request, message, response);
    return;
  }
  const { objects, runtime } = options;
  if (await serveComputed(objects, runtime, user, url, message, response)) {
    return;
  }
  const document =
    message.method === 'GET' ? discoveryBody(url.pathname) ?? openApiBody(url.pathname) : undefined;
  if (document) {
    sendJson(response, 200, document);
  } else if (namesAbsentResource(url.pathname)) {
    throw noSuchResource();
  } else {
    sendNoSuchPath(response);
  }
}

/** The API server as a handler of node:http requests. */
export function apiHandler(options: ApiOptions) {
  return (message: IncomingMessage, response: ServerResponse): void => {
    serve(options, message, response).catch(error => sendError(response, error, options.log));
  };
}
