import { objectOrEmpty } from '../model/json';
import { KubernetesObject, isTerminating } from '../model/objects';
import { Resource, kinds } from '../model/resources';
import { forbidden, notFound } from '../model/statusError';
import { ObjectStore } from '../store/ObjectStore';
import { podAdmissionDefaults } from './podDefaults';

const builtInPriorities: Record<string, number> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

function priorityOf(store: ObjectStore, pod: KubernetesObject): number {
  const name = objectOrEmpty(pod.spec).priorityClassName;
  if (typeof name !== 'string' || name === '') {
    return 0;
  }
  const priority =
    builtInPriorities[name] ?? store.get(kinds.priorityClass, undefined, name)?.value;
  if (typeof priority !== 'number') {
    throw forbidden(kinds.pod, pod.metadata.name, `no PriorityClass with name ${name} was found`);
  }
  return priority;
}

function admitPod(store: ObjectStore, pod: KubernetesObject): KubernetesObject {
  const priority = priorityOf(store, pod);
  const spec = podAdmissionDefaults({ ...objectOrEmpty(pod.spec), priority });
  const { namespace, name } = pod.metadata;
  const account = String(spec.serviceAccountName);
  if (!store.get(kinds.serviceAccount, namespace, account)) {
    throw forbidden(
      kinds.pod,
      name,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  }
  return { ...pod, spec };
}

function randomAddress(random: () => number): string {
  return `10.96.${Math.floor(random() * 256)}.${1 + Math.floor(random() * 254)}`;
}

function admitService(
  store: ObjectStore,
  service: KubernetesObject,
  random: () => number,
): KubernetesObject {
  const spec = objectOrEmpty(service.spec);
  if (spec.clusterIP || spec.type === 'ExternalName') {
    return { ...service, spec: { ...spec, clusterIPs: spec.clusterIPs ?? [spec.clusterIP] } };
  }
  const taken = new Set(
    store.list(kinds.service).map(other => objectOrEmpty(other.spec).clusterIP),
  );
  let address = randomAddress(random);
  while (taken.has(address)) {
    address = randomAddress(random);
  }
  return { ...service, spec: { ...spec, clusterIP: address, clusterIPs: [address] } };
}

/**
 * Checks a new object against the rest of the cluster and fills in what the cluster gives out.
 * @throws StatusError 404 for a namespace that is not there, 403 for one that is ending, and for a pod whose service
 * account or priority class is missing.
 */
export function admitNew(
  store: ObjectStore,
  resource: Resource,
  object: KubernetesObject,
  random: () => number,
): KubernetesObject {
  const { namespace, name } = object.metadata;
  if (resource.namespaced) {
    const owner = store.get(kinds.namespace, undefined, namespace ?? '');
    if (!owner) {
      throw notFound(kinds.namespace, namespace ?? '');
    }
    if (isTerminating(owner)) {
      throw forbidden(
        resource,
        name,
        `unable to create new content in namespace ${namespace} because it is being terminated`,
        [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      );
    }
  }
  switch (resource) {
    case kinds.pod:
      return admitPod(store, object);
    case kinds.service:
      return admitService(store, object, random);
    default:
      return object;
  }
}
