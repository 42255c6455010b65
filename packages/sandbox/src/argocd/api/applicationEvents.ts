import { Application } from '../application';
import { stringAt } from '../json/json';
import { KubernetesError } from '../kubernetes/kubernetesClient';
import { eventType } from '../kubernetes/resourceTypes';
import { ApiError } from './apiError';
import { ApiContext } from './context';
import { Call } from './router';

/** `GET events`: the Kubernetes events of an application, or of one of its resources. */
export async function applicationEvents(
  call: Call,
  application: Application,
  context: ApiContext,
): Promise<unknown> {
  const { query } = call;
  const resourceName = query.get('resourceName');
  const wanted = resourceName
    ? {
        name: resourceName,
        namespace: query.get('resourceNamespace') ?? '',
        uid: query.get('resourceUID') ?? '',
      }
    : { ...application.metadata, namespace: application.metadata.namespace ?? '' };
  let list;
  try {
    list = await context.client.list(eventType);
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    throw new ApiError('unknown', `error listing resource events: ${error.message}`);
  }
  const items = list.items
    .filter(
      each =>
        stringAt(each, 'involvedObject', 'name') === wanted.name &&
        (stringAt(each, 'involvedObject', 'namespace') ?? '') === wanted.namespace &&
        (!wanted.uid || stringAt(each, 'involvedObject', 'uid') === wanted.uid),
    )
    .map(({ apiVersion: _apiVersion, kind: _kind, ...event }) => event);
  return {
    metadata: { resourceVersion: list.resourceVersion },
    items: items.length > 0 ? items : null,
  };
}
