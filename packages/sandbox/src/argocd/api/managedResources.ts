import { z } from 'zod';
import { Application, instanceName } from '../application';
import { formatConditions } from '../controller/conditions';
import { canonicalJson } from '../json/json';
import { groupVersion, KubernetesObject } from '../kubernetes/types';
import { ApiError } from './apiError';
import { ApiContext } from './context';
import { parseFields, selectFields } from './fieldSelection';
import { findApplication } from './findApplication';
import { hideSecret } from './hideSecret';
import { Call } from './router';

/** `GET managed-resources`: the states of each resource as JSON texts. */
export async function managedResources(call: Call, { controller }: ApiContext): Promise<unknown> {
  const found = findApplication(call, controller);
  const name = instanceName(found);
  const { query } = call;
  refuseUnknown(found, controller.runtime(name)?.managed ?? []);
  const wanted = { group: query.get('group'), kind: query.get('kind'), name: query.get('name') };
  const namespace = query.get('namespace');
  const items = (await controller.ensureRuntime(name)).managed.flatMap(({ live, target, diff }) => {
    const object = (live ?? target) as KubernetesObject;
    const [group] = groupVersion(object.apiVersion);
    if (wanted.group !== null && wanted.group !== group) return [];
    if (wanted.kind && wanted.kind !== object.kind) return [];
    if (wanted.name && wanted.name !== object.metadata.name) return [];
    if (namespace && namespace !== object.metadata.namespace) return [];
    const text = (value: unknown) => (value ? canonicalJson(hideSecret(value)) : 'null');
    return [
      {
        ...(group ? { group } : {}),
        kind: object.kind,
        ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}),
        name: object.metadata.name,
        targetState: text(target),
        liveState: text(live),
        normalizedLiveState: text(diff?.normalizedLive ?? live),
        predictedLiveState: text(diff?.predictedLive ?? target ?? live),
        ...(live?.metadata.resourceVersion
          ? { resourceVersion: live.metadata.resourceVersion }
          : {}),
        ...(diff?.modified ? { modified: true } : {}),
      },
    ];
  });
  const fields = parseFields(query.get('fields'));
  const answer = items.length > 0 ? { items } : {};
  return fields ? selectFields(answer, fields) : answer;
}

/** Of an application whose spec was never acceptable nothing is known. @throws ApiError 500 that says why. */
function refuseUnknown({ status }: Application, known: unknown[]): void {
  const errors = status?.conditions?.filter(({ type }) => type === 'InvalidSpecError') ?? [];
  if (errors.length === 0 || known.length > 0) return;
  const reason = formatConditions(errors);
  throw new ApiError('unknown', `error getting cached app managed resources: ${reason}`);
}

const resourceQuery = z.object({
  kind: z.string().min(1),
  resourceName: z.string().min(1),
  group: z.string().default(''),
  namespace: z.string().default(''),
});

/** `GET resource`: one live object of an application's tree, as a JSON text. */
export function resource(
  application: Application,
  query: URLSearchParams,
  context: ApiContext,
): unknown {
  const parsed = resourceQuery.safeParse(Object.fromEntries(query));
  const { name } = application.metadata;
  if (!parsed.success) {
    throw new ApiError('invalidArgument', `resource not found as part of application ${name}`);
  }
  const { kind, resourceName, group, namespace } = parsed.data;
  const node = context.controller
    .runtime(instanceName(application))
    ?.tree.nodes?.find(
      each =>
        each.kind === kind &&
        each.name === resourceName &&
        (each.group ?? '') === group &&
        (each.namespace ?? '') === namespace,
    );
  const live = node && context.cache.get({ group, kind, namespace, name: resourceName });
  if (!live) {
    throw new ApiError(
      'invalidArgument',
      `${kind} ${group} ${resourceName} not found as part of application ${name}`,
    );
  }
  return { manifest: canonicalJson(hideSecret(live)) };
}
