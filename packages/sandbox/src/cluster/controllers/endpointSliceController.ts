import { jsonEqual } from '../model/json';
import { controllerReference, objectKey, splitKey } from '../model/objects';
import { kinds } from '../model/resources';
import { Pod, Service, isPodReady } from '../model/workloads';
import { Controller, ControllerContext } from './controller';
import { podsOfService, servicesOfPod } from './servicePods';

const manager = 'kube-controller-manager';

/** The number of a target port on a pod: itself, or the container port of that name. */
export function targetPortNumber(pod: Pod, target: number | string): number | undefined {
  return typeof target === 'number'
    ? target
    : pod.spec.containers
        .flatMap(container => container.ports ?? [])
        .find(port => port.name === target)?.containerPort;
}

function endpoint(pod: Pod) {
  const ready = isPodReady(pod);
  return {
    addresses: [pod.status?.podIP],
    conditions: { ready, serving: ready, terminating: false },
    nodeName: pod.spec.nodeName,
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

/** Keeps one EndpointSlice for each Service that selects pods. */
export function endpointSliceController(context: ControllerContext): Controller {
  const { objects } = context;
  const { store } = objects;

  function wanted(service: Service) {
    const pods = podsOfService(store, service).filter(pod => pod.status?.podIP);
    const ports = (service.spec.ports ?? []).map(port => ({
      name: port.name ?? '',
      port: pods[0] ? targetPortNumber(pods[0], port.targetPort ?? port.port) : port.port,
      protocol: port.protocol ?? 'TCP',
    }));
    return { endpoints: pods.map(endpoint), ports };
  }

  return {
    name: 'endpointslice-controller',
    initialKeys: () => store.list(kinds.service).map(objectKey),
    keysOf: ({ resource, object, previous }) => {
      if (resource === kinds.service) {
        return [objectKey(object)];
      }
      return resource === kinds.pod
        ? [object, previous ?? object].flatMap(pod =>
            servicesOfPod(store, pod as Pod).map(objectKey),
          )
        : [];
    },
    reconcile: key => {
      const { namespace, name } = splitKey(key);
      const service = store.get(kinds.service, namespace, name) as Service | undefined;
      if (!service?.spec.selector || service.metadata.deletionTimestamp) {
        return;
      }
      const content = wanted(service);
      const slice = store
        .list(kinds.endpointSlice, namespace)
        .find(item => item.metadata.labels?.['kubernetes.io/service-name'] === name);
      if (!slice) {
        objects.create(
          kinds.endpointSlice,
          {
            apiVersion: 'discovery.k8s.io/v1',
            kind: 'EndpointSlice',
            metadata: {
              generateName: `${name}-`,
              namespace,
              labels: {
                'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
                'kubernetes.io/service-name': name,
              },
              ownerReferences: [controllerReference(service)],
            },
            addressType: 'IPv4',
            ...content,
          },
          { manager },
        );
      } else if (!jsonEqual({ endpoints: slice.endpoints, ports: slice.ports }, content)) {
        objects.modify(
          kinds.endpointSlice,
          namespace,
          slice.metadata.name,
          current => ({ ...current, ...content }),
          { manager },
        );
      }
    },
  };
}
