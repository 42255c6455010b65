import { IncomingMessage } from 'node:http';
import { Clock, timestamp } from '../model/clock';
import { isJsonObject, objectOrEmpty, withoutNulls } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { Resource, apiVersionOf } from '../model/resources';
import {
  badRequest,
  invalid,
  invalidOptions,
  unknownMediaType,
  unsupportedMediaType,
} from '../model/statusError';
import { ClusterObjects } from '../objects/ClusterObjects';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { serverSideApply } from '../patch/serverSideApply';
import { strategicMergePatch } from '../patch/strategicMergePatch';
import { mediaType, parseText, readText } from './body';
import { ResourceRequest } from './requestInfo';

const jsonPatchType = 'application/json-patch+json';
const mergePatchType = 'application/merge-patch+json';
const applyPatchType = 'application/apply-patch+yaml';
const strategicPatchType = 'application/strategic-merge-patch+json';

/** A patch read from a request. */
export type Patch =
  | { kind: 'apply'; manifest: KubernetesObject; manager: string; force: boolean }
  | { kind: 'change'; change: (document: unknown) => unknown };

function readManifest(value: unknown, request: ResourceRequest): KubernetesObject {
  const { resource } = request;
  if (!isJsonObject(value) || !isJsonObject(value.metadata ?? {})) {
    throw badRequest('error decoding the apply manifest: it is not an object');
  }
  if (value.apiVersion !== apiVersionOf(resource) || value.kind !== resource.kind) {
    throw badRequest(
      `${value.apiVersion}, Kind=${value.kind} does not match the expected ${apiVersionOf(
        resource,
      )}, Kind=${resource.kind}`,
    );
  }
  const metadata: Partial<KubernetesObject['metadata']> = objectOrEmpty(
    withoutNulls(value.metadata),
  );
  if (metadata.name && metadata.name !== request.name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${request.name})`,
    );
  }
  if (metadata.namespace && metadata.namespace !== request.namespace) {
    throw badRequest(
      `the namespace of the provided object does not match the namespace sent on the request`,
    );
  }
  if (metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  return {
    ...value,
    ...(resource.custom || value.spec === undefined ? {} : { spec: withoutNulls(value.spec) }),
    metadata: { ...metadata, name: request.name, namespace: request.namespace },
  } as KubernetesObject;
}

/** @throws StatusError 400, 413, 415, 422. */
export async function readPatch(
  message: IncomingMessage,
  request: ResourceRequest,
): Promise<Patch> {
  const type = mediaType(message) ?? '';
  const { custom } = request.resource;
  const accepted = [
    jsonPatchType,
    mergePatchType,
    applyPatchType,
    ...(custom ? [] : [strategicPatchType]),
  ];
  if (!accepted.includes(type)) {
    throw custom ? unsupportedMediaType(accepted) : unknownMediaType();
  }
  const value = parseText(await readText(message), type === applyPatchType);
  switch (type) {
    case jsonPatchType:
      return { kind: 'change', change: document => jsonPatch(document, value) };
    case strategicPatchType:
      return { kind: 'change', change: document => strategicMergePatch(document, value) };
    case mergePatchType:
      if (!isJsonObject(value)) {
        throw badRequest('error decoding patch: it is not an object');
      }
      return { kind: 'change', change: document => mergePatch(document, value) };
    default: {
      const manager = request.query.get('fieldManager');
      if (!manager) {
        throw invalidOptions('PatchOptions', {
          reason: 'FieldValueRequired',
          message: 'Required value: is required for apply patch',
          field: 'fieldManager',
        });
      }
      return {
        kind: 'apply',
        manifest: readManifest(value, request),
        manager,
        force: request.query.get('force') === 'true',
      };
    }
  }
}

function asObject(resource: Resource, name: string, value: unknown): KubernetesObject {
  if (!isJsonObject(value) || !isJsonObject(value.metadata)) {
    throw invalid(resource, name, [
      { reason: 'FieldValueInvalid', message: 'the patch leaves no object', field: '' },
    ]);
  }
  return value as KubernetesObject;
}

/**
 * Carries a patch out.
 * @returns the object, and whether an apply has made it.
 * @throws StatusError 404, 409, 422.
 */
export function applyPatch(
  objects: ClusterObjects,
  clock: Clock,
  request: ResourceRequest,
  patch: Patch,
  options: { manager: string; dryRun: boolean },
): { object: KubernetesObject; created: boolean } {
  const { resource, namespace } = request;
  const name = request.name ?? '';
  const subresource = request.subresource === 'status' ? ('status' as const) : undefined;
  if (patch.kind === 'change') {
    const change = (current: KubernetesObject) => asObject(resource, name, patch.change(current));
    return {
      object: objects.modify(resource, namespace, name, change, { ...options, subresource }),
      created: false,
    };
  }
  const writer = {
    manager: patch.manager,
    operation: 'Apply' as const,
    time: timestamp(clock.now()),
  };
  const rules = { force: patch.force, custom: resource.custom };
  const settled = { manager: patch.manager, dryRun: options.dryRun, subresource };
  if (!subresource && !objects.store.get(resource, namespace, name)) {
    const draft = serverSideApply(undefined, patch.manifest, writer, rules);
    return {
      object: objects.create(resource, draft, { ...settled, ownershipSettled: true }),
      created: true,
    };
  }
  const change = (current: KubernetesObject) =>
    serverSideApply(current, patch.manifest, writer, rules);
  return {
    object: objects.modify(resource, namespace, name, change, {
      ...settled,
      ownershipSettled: !subresource,
    }),
    created: false,
  };
}
