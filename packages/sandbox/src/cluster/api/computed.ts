import { IncomingMessage, ServerResponse } from 'node:http';
import { kinds } from '../model/resources';
import { parseLabelSelector } from '../model/selectors';
import { StatusError, methodNotAllowed } from '../model/statusError';
import { Pod } from '../model/workloads';
import { ClusterObjects } from '../objects/ClusterObjects';
import { User } from './access';
import { reviewAccess } from './accessReview';
import { sendJson } from './answer';
import { readObject } from './body';
import { podMetrics, podMetricsList } from './podMetrics';
import { PodRuntime } from './podRuntime';

const metricsPath =
  /^\/apis\/metrics\.k8s\.io\/v1beta1(?:\/namespaces\/([^/]+))?\/pods(?:\/([^/]+))?$/;
const reviewPath = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

async function sendMetrics(
  objects: ClusterObjects,
  runtime: PodRuntime,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  const [, namespace, name] = metricsPath.exec(url.pathname) ?? [];
  const matches = parseLabelSelector(url.searchParams.get('labelSelector') ?? undefined);
  const pods = objects.store
    .list(kinds.pod, namespace)
    .filter(pod => matches(pod) && (name === undefined || pod.metadata.name === name))
    .map(pod => pod as Pod);
  if (name === undefined) {
    sendJson(response, 200, await podMetricsList(runtime, pods));
    return;
  }
  const [metrics] = await podMetrics(runtime, pods);
  if (!metrics) {
    throw new StatusError(
      404,
      'NotFound',
      `podmetrics.metrics.k8s.io "${namespace}/${name}" not found`,
      { name: `${namespace}/${name}`, group: 'metrics.k8s.io', kind: 'podmetrics' },
    );
  }
  sendJson(response, 200, {
    kind: 'PodMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    ...(metrics as object),
  });
}

/** Answers for resources that are computed, not stored. False when the path names none. @throws StatusError. */
export async function serveComputed(
  objects: ClusterObjects,
  runtime: PodRuntime,
  user: User,
  url: URL,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (url.pathname === reviewPath) {
    if (message.method !== 'POST') {
      throw methodNotAllowed();
    }
    sendJson(response, 201, reviewAccess(user, await readObject(message)));
    return true;
  }
  if (metricsPath.test(url.pathname)) {
    if (message.method !== 'GET') {
      throw methodNotAllowed();
    }
    await sendMetrics(objects, runtime, url, response);
    return true;
  }
  return false;
}
