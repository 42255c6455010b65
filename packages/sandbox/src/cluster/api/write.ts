import { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { JsonObject, isJsonObject, objectOrEmpty, withoutNulls } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { apiVersionOf } from '../model/resources';
import { badRequest, invalid, invalidOptions } from '../model/statusError';
import { ClusterObjects, Draft } from '../objects/ClusterObjects';
import { DeleteOptions } from '../objects/deletion';
import { WriteOptions } from '../objects/writeOptions';
import { parseText, readObject, readText } from './body';
import { matcherOf } from './read';
import { ResourceRequest, Verb } from './requestInfo';

const optionsOfVerb: Partial<Record<Verb, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
};

/** Whether the request only tries. @throws StatusError 422. */
function isDryRun({ query, verb }: ResourceRequest): boolean {
  const wanted = query.getAll('dryRun').filter(Boolean);
  if (wanted.some(each => each !== 'All')) {
    const kind = optionsOfVerb[verb] ?? 'DeleteOptions';
    const message = `Unsupported value: ${JSON.stringify(wanted)}: supported values: "All"`;
    throw invalidOptions(kind, { reason: 'FieldValueNotSupported', message, field: 'dryRun' });
  }
  return wanted.length > 0;
}

/** Field manager and dry run of a request. @throws StatusError 422. */
export function writeOptions(
  request: ResourceRequest,
  message: IncomingMessage,
): WriteOptions & { dryRun: boolean } {
  return {
    manager:
      request.query.get('fieldManager') ||
      (message.headers['user-agent'] ?? '').split('/')[0] ||
      'unknown',
    dryRun: isDryRun(request),
  };
}

function checkedDraft(body: JsonObject, request: ResourceRequest): Draft {
  const { resource, namespace } = request;
  const metadata = objectOrEmpty(withoutNulls(body.metadata));
  const apiVersion = body.apiVersion ?? apiVersionOf(resource);
  const kind = body.kind ?? resource.kind;
  if (apiVersion !== apiVersionOf(resource) || kind !== resource.kind) {
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: the object is ${apiVersion}, Kind=${kind}`,
    );
  }
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return {
    ...body,
    ...(resource.custom || body.spec === undefined ? {} : { spec: withoutNulls(body.spec) }),
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) },
  };
}

/** POST. @throws StatusError. */
export async function createObject(
  objects: ClusterObjects,
  request: ResourceRequest,
  message: IncomingMessage,
): Promise<KubernetesObject> {
  const { resource, namespace } = request;
  if (resource.namespaced && namespace === undefined) {
    throw badRequest('an empty namespace may not be set during creation');
  }
  const draft = checkedDraft(await readObject(message), request);
  return objects.create(resource, draft, writeOptions(request, message));
}

/** PUT, also on the status subresource. @throws StatusError. */
export async function updateObject(
  objects: ClusterObjects,
  request: ResourceRequest,
  message: IncomingMessage,
): Promise<KubernetesObject> {
  const { resource, namespace } = request;
  const name = request.name ?? '';
  const draft = checkedDraft(await readObject(message), request);
  if (draft.metadata?.name && draft.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${draft.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (resource.custom && !draft.metadata?.resourceVersion) {
    throw invalid(resource, name, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ]);
  }
  return objects.modify(resource, namespace, name, () => draft as KubernetesObject, {
    ...writeOptions(request, message),
    ...(request.subresource === 'status' ? { subresource: 'status' as const } : {}),
  });
}

const deleteOptionsSchema = z.object({
  gracePeriodSeconds: z.number().int().nonnegative().nullish(),
  propagationPolicy: z.enum(['Background', 'Foreground', 'Orphan']).nullish(),
  orphanDependents: z.boolean().nullish(),
  preconditions: z
    .object({ uid: z.string().optional(), resourceVersion: z.string().optional() })
    .nullish(),
});

/** The options of a DELETE, from its body and its query. @throws StatusError 400. */
export async function readDeleteOptions(
  request: ResourceRequest,
  message: IncomingMessage,
): Promise<DeleteOptions> {
  const text = await readText(message);
  const body = text.trim() === '' ? {} : parseText(text, false);
  const grace = request.query.get('gracePeriodSeconds');
  const policy = request.query.get('propagationPolicy');
  const parsed = deleteOptionsSchema.safeParse({
    ...(isJsonObject(body) ? body : {}),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`DeleteOptions: ${issue.path.join('.')}: ${issue.message}`);
  }
  const { gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions } = parsed.data;
  return {
    gracePeriodSeconds: gracePeriodSeconds ?? undefined,
    propagationPolicy: propagationPolicy ?? (orphanDependents ? 'Orphan' : undefined),
    preconditions: preconditions ?? undefined,
  };
}

/** DELETE of everything that the selectors match; the answer is what was there. @throws StatusError. */
export function deleteCollection(
  objects: ClusterObjects,
  request: ResourceRequest,
  options: DeleteOptions & { dryRun: boolean },
): KubernetesObject[] {
  const { resource, namespace } = request;
  return objects.store
    .list(resource, namespace)
    .filter(matcherOf(request))
    .map(
      object =>
        objects.delete(resource, object.metadata.namespace, object.metadata.name, options).object,
    );
}
