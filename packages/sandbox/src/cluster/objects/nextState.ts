import { jsonEqual, objectOrEmpty, withoutUndefined } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { Resource } from '../model/resources';
import { applyDefaults } from './defaults';
import { WriteOptions } from './writeOptions';

/** A writer that leaves the cluster IP out, as a manifest does, keeps the one that was given out. */
function keepAllocated(
  resource: Resource,
  current: KubernetesObject,
  next: KubernetesObject,
): KubernetesObject {
  if (resource.kind !== 'Service') {
    return next;
  }
  const was = objectOrEmpty(current.spec);
  const spec = objectOrEmpty(next.spec);
  return {
    ...next,
    spec: {
      ...spec,
      clusterIP: spec.clusterIP ?? was.clusterIP,
      clusterIPs: spec.clusterIPs ?? was.clusterIPs,
    },
  };
}

/** Kinds without a status subresource count every change outside of metadata. */
function countsAsNewGeneration(
  resource: Resource,
  current: KubernetesObject,
  next: KubernetesObject,
): boolean {
  if (!resource.generation) {
    return false;
  }
  return resource.status
    ? !jsonEqual(next.spec, current.spec)
    : !jsonEqual({ ...next, metadata: {} }, { ...current, metadata: {} });
}

function withWritable(
  resource: Resource,
  current: KubernetesObject,
  wanted: KubernetesObject,
  options: WriteOptions,
): KubernetesObject {
  const { metadata: was } = current;
  return {
    ...wanted,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata: withoutUndefined({
      ...wanted.metadata,
      name: was.name,
      namespace: was.namespace,
      uid: was.uid,
      resourceVersion: was.resourceVersion,
      generation: was.generation,
      creationTimestamp: was.creationTimestamp,
      deletionTimestamp: was.deletionTimestamp,
      deletionGracePeriodSeconds: was.deletionGracePeriodSeconds,
      managedFields: options.ownershipSettled ? wanted.metadata.managedFields : was.managedFields,
    }),
    ...(resource.status ? { status: current.status } : {}),
  };
}

/** What an update makes of an object: what the writer may set is taken, the rest stays, generations count up. */
export function nextState(
  resource: Resource,
  current: KubernetesObject,
  wanted: KubernetesObject,
  options: WriteOptions,
): KubernetesObject {
  if (options.subresource === 'status') {
    return { ...current, status: wanted.status };
  }
  if (options.subresource === 'binding') {
    const { nodeName } = objectOrEmpty(wanted.spec);
    const spec = { ...objectOrEmpty(current.spec), nodeName };
    return { ...current, spec, status: wanted.status };
  }
  const kept = withWritable(resource, current, wanted, options);
  const filled = keepAllocated(resource, current, applyDefaults(resource, kept));
  if (!countsAsNewGeneration(resource, current, filled)) {
    return filled;
  }
  const generation = (current.metadata.generation ?? 0) + 1;
  return { ...filled, metadata: { ...filled.metadata, generation } };
}
