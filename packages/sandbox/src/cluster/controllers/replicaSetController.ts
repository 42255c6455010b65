import { jsonEqual, withoutUndefined } from '../model/json';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
  isTerminating,
  keyOf,
  objectKey,
  splitKey,
} from '../model/objects';
import { kinds } from '../model/resources';
import { StatusError } from '../model/statusError';
import { Pod, ReplicaSet, isPodFinished, isPodReady } from '../model/workloads';
import { Controller, ControllerContext } from './controller';

const manager = 'kube-controller-manager';
const component = 'replicaset-controller';

/** Milliseconds until a ready pod has been ready for `seconds`; 0 when it has. */
function untilAvailable(pod: Pod, seconds: number, now: number): number {
  const ready = pod.status?.conditions?.find(condition => condition.type === 'Ready');
  const since = Date.parse(ready?.lastTransitionTime ?? '') || now;
  return Math.max(0, since + seconds * 1000 - now);
}

/** The order in which surplus pods go: those that do less first, then the younger. */
export function removalOrder(pods: Pod[]): Pod[] {
  const rank = (pod: Pod) => [
    pod.spec.nodeName ? 1 : 0,
    pod.status?.phase === 'Running' ? 1 : 0,
    isPodReady(pod) ? 1 : 0,
    -Date.parse(pod.metadata.creationTimestamp),
    -Number(pod.metadata.resourceVersion),
  ];
  return [...pods].sort((left, right) => {
    const [a, b] = [rank(left), rank(right)];
    const index = a.findIndex((value, position) => value !== b[position]);
    return index < 0 ? 0 : a[index] - b[index];
  });
}

/** Keeps as many pods of a ReplicaSet as it asks for. */
export function replicaSetController(context: ControllerContext): Controller {
  const { objects, events, clock } = context;
  const { store } = objects;

  function createPod(set: ReplicaSet): void {
    const { template } = set.spec;
    try {
      const pod = objects.create(
        kinds.pod,
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            generateName: `${set.metadata.name}-`,
            namespace: set.metadata.namespace,
            ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
            ...(template.metadata?.annotations
              ? { annotations: template.metadata.annotations }
              : {}),
            ownerReferences: [controllerReference(set)],
          },
          spec: template.spec,
        },
        { manager },
      );
      events.record(set, {
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Created pod: ${pod.metadata.name}`,
        component,
      });
    } catch (error) {
      if (error instanceof StatusError) {
        events.record(set, {
          type: 'Warning',
          reason: 'FailedCreate',
          // The name was made up for this attempt: without it the attempts count as one event.
          message: `Error creating: ${error.message.replace(
            /"[^"]*-[a-z0-9]{5}"/,
            `"${set.metadata.name}-"`,
          )}`,
          component,
        });
      }
      throw error;
    }
  }

  function deletePod(set: ReplicaSet, pod: Pod): void {
    objects.delete(kinds.pod, pod.metadata.namespace, pod.metadata.name);
    events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
      component,
    });
  }

  function podsOf(set: ReplicaSet): { active: Pod[]; ending: Pod[] } {
    const pods = store
      .list(kinds.pod, set.metadata.namespace)
      .filter(object => isControlledBy(object, set))
      .map(object => object as Pod);
    return {
      active: pods.filter(pod => !isTerminating(pod) && !isPodFinished(pod)),
      ending: pods.filter(isTerminating),
    };
  }

  function report(set: ReplicaSet): number | void {
    const { active, ending } = podsOf(set);
    const ready = active.filter(isPodReady);
    const waits = ready.map(pod => untilAvailable(pod, set.spec.minReadySeconds ?? 0, clock.now()));
    const available = waits.filter(wait => wait === 0).length;
    const status = withoutUndefined({
      replicas: active.length,
      fullyLabeledReplicas: active.length || undefined,
      readyReplicas: ready.length || undefined,
      availableReplicas: available || undefined,
      terminatingReplicas: ending.length,
      observedGeneration: set.metadata.generation,
    });
    if (!jsonEqual(status, set.status)) {
      objects.modify(
        kinds.replicaSet,
        set.metadata.namespace,
        set.metadata.name,
        object => ({ ...object, status }),
        { manager, subresource: 'status' },
      );
    }
    const waiting = waits.filter(wait => wait > 0);
    return waiting.length > 0 ? Math.min(...waiting) : undefined;
  }

  return {
    name: component,
    initialKeys: () => store.list(kinds.replicaSet).map(objectKey),
    keysOf: ({ resource, object }) => {
      if (resource === kinds.replicaSet) {
        return [objectKey(object)];
      }
      const owner = resource === kinds.pod ? controllerOf(object) : undefined;
      return owner?.kind === 'ReplicaSet' ? [keyOf(object.metadata.namespace, owner.name)] : [];
    },
    reconcile: key => {
      const { namespace, name } = splitKey(key);
      const set = store.get(kinds.replicaSet, namespace, name) as ReplicaSet | undefined;
      if (!set) {
        return undefined;
      }
      if (isTerminating(set)) {
        return report(set);
      }
      const { active } = podsOf(set);
      const difference = set.spec.replicas - active.length;
      try {
        for (let count = 0; count < difference; count += 1) {
          createPod(set);
        }
        removalOrder(active)
          .slice(0, Math.max(0, -difference))
          .forEach(pod => deletePod(set, pod));
      } catch (error) {
        report(set);
        throw error;
      }
      return report(set);
    },
  };
}
