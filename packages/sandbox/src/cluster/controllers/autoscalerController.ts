import { timestamp } from '../model/clock';
import { jsonEqual } from '../model/json';
import { KubernetesObject, isTerminating, objectKey, splitKey } from '../model/objects';
import { kinds } from '../model/resources';
import { Condition, Deployment } from '../model/workloads';
import { Controller, ControllerContext } from './controller';

const manager = 'kube-controller-manager';

/** An autoscaling/v2 HorizontalPodAutoscaler. */
interface Autoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
  };
  status?: { currentReplicas?: number; desiredReplicas?: number; conditions?: Condition[] };
}

/** The number of pods that the bounds of an autoscaler make of `replicas`; none stays none, which switches it off. */
export function withinBounds(replicas: number, spec: Autoscaler['spec']): number {
  if (replicas === 0) return 0;
  return Math.min(spec.maxReplicas, Math.max(spec.minReplicas ?? 1, replicas));
}

/**
 * Keeps the pods of a Deployment between the bounds of its HorizontalPodAutoscaler. Load is not measured: within the bounds
 * the number stays what it is, and the status says so.
 */
export function autoscalerController(context: ControllerContext): Controller {
  const { objects, clock } = context;
  const { store } = objects;

  function targetOf(autoscaler: Autoscaler): Deployment | undefined {
    const { kind, name } = autoscaler.spec.scaleTargetRef;
    return kind === 'Deployment'
      ? (store.get(kinds.deployment, autoscaler.metadata.namespace, name) as Deployment | undefined)
      : undefined;
  }

  function conditions(autoscaler: Autoscaler, found: boolean): Condition[] {
    const now = timestamp(clock.now());
    const wanted: Array<[string, boolean, string, string]> = [
      found
        ? ['AbleToScale', true, 'SucceededGetScale', 'the target can be scaled']
        : ['AbleToScale', false, 'FailedGetScale', 'the target of the autoscaler is not there'],
      [
        'ScalingActive',
        false,
        'ScalingDisabled',
        'the sandbox keeps the number of pods within the bounds and does not measure load',
      ],
    ];
    return wanted.map(([type, holds, reason, message]) => {
      const status = holds ? 'True' : 'False';
      const before = autoscaler.status?.conditions?.find(item => item.type === type);
      const lastTransitionTime = before?.status === status ? before.lastTransitionTime : now;
      return { type, status, lastTransitionTime, reason, message };
    });
  }

  return {
    name: 'horizontal-pod-autoscaler-controller',
    initialKeys: () => store.list(kinds.autoscaler).map(objectKey),
    keysOf: ({ resource, object }) => {
      if (resource === kinds.autoscaler) return [objectKey(object)];
      if (resource !== kinds.deployment) return [];
      return store
        .list(kinds.autoscaler, object.metadata.namespace)
        .filter(item => (item as Autoscaler).spec.scaleTargetRef.name === object.metadata.name)
        .map(objectKey);
    },
    reconcile: key => {
      const { namespace, name } = splitKey(key);
      const autoscaler = store.get(kinds.autoscaler, namespace, name) as Autoscaler | undefined;
      if (!autoscaler || isTerminating(autoscaler)) return;
      const target = targetOf(autoscaler);
      const replicas = target && withinBounds(target.spec.replicas, autoscaler.spec);
      if (target && replicas !== target.spec.replicas) {
        objects.modify(
          kinds.deployment,
          namespace,
          target.metadata.name,
          object => ({ ...object, spec: { ...(object as Deployment).spec, replicas } }),
          { manager },
        );
      }
      const status = {
        ...(target ? { currentReplicas: target.status?.replicas ?? 0 } : {}),
        desiredReplicas: replicas ?? 0,
        conditions: conditions(autoscaler, target !== undefined),
      };
      if (!jsonEqual(status, autoscaler.status)) {
        objects.modify(kinds.autoscaler, namespace, name, object => ({ ...object, status }), {
          manager,
          subresource: 'status',
        });
      }
    },
  };
}
