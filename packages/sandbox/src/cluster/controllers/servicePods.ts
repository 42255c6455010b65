import { isTerminating } from '../model/objects';
import { kinds } from '../model/resources';
import { labelSelectorTest } from '../model/selectors';
import { Pod, Service, isPodFinished } from '../model/workloads';
import { ObjectStore } from '../store/ObjectStore';

/** The pods that a service selects and that have not ended. A service without a selector selects none. */
export function podsOfService(store: ObjectStore, service: Service): Pod[] {
  const { selector } = service.spec;
  if (!selector || Object.keys(selector).length === 0) {
    return [];
  }
  const matches = labelSelectorTest({ matchLabels: selector });
  return store
    .list(kinds.pod, service.metadata.namespace)
    .map(object => object as Pod)
    .filter(
      pod => matches(pod.metadata.labels ?? {}) && !isTerminating(pod) && !isPodFinished(pod),
    );
}

/** The services that select a pod. */
export function servicesOfPod(store: ObjectStore, pod: Pod): Service[] {
  return store
    .list(kinds.service, pod.metadata.namespace)
    .map(object => object as Service)
    .filter(({ spec: { selector } }) =>
      selector && Object.keys(selector).length > 0
        ? labelSelectorTest({ matchLabels: selector })(pod.metadata.labels ?? {})
        : false,
    );
}
