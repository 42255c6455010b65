import { jsonEqual } from '../model/json';
import { controllerOf, isTerminating, keyOf, objectKey, splitKey } from '../model/objects';
import { kinds } from '../model/resources';
import { Deployment, ReplicaSet } from '../model/workloads';
import { Controller, ControllerContext } from './controller';
import {
  currentSet,
  inheritedAnnotations,
  newSet,
  revisionAnnotation,
  revisionOf,
  setsOf,
} from './deploymentSets';
import { deploymentStatus, isComplete } from './deploymentStatus';
import { planRollout, rolloutLimits } from './rollout';

const manager = 'kube-controller-manager';
const component = 'deployment-controller';

/** Keeps for each Deployment one ReplicaSet per template and moves the pods over to the newest. */
export function deploymentController(context: ControllerContext): Controller {
  const { objects, events, clock } = context;
  const { store } = objects;

  function annotateDeployment(deployment: Deployment, revision: number): void {
    if (revisionOf(deployment) === revision) {
      return;
    }
    objects.modify(
      kinds.deployment,
      deployment.metadata.namespace,
      deployment.metadata.name,
      current => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: {
            ...current.metadata.annotations,
            [revisionAnnotation]: String(revision),
          },
        },
      }),
      { manager },
    );
  }

  /** Finds or makes the set for the present template; one that is taken into use again becomes the newest revision. */
  function ensureCurrent(
    deployment: Deployment,
    sets: ReplicaSet[],
  ): { set: ReplicaSet; isNew: boolean } {
    const found = currentSet(deployment, sets);
    const newest = Math.max(0, ...sets.filter(set => set !== found).map(revisionOf));
    if (!found) {
      const made = objects.create(kinds.replicaSet, newSet(deployment, newest + 1), { manager });
      return { set: made as ReplicaSet, isNew: true };
    }
    const revision = Math.max(revisionOf(found), newest + 1);
    const isNew = revision !== revisionOf(found);
    return { set: annotateSet(deployment, found, revision), isNew };
  }

  function annotateSet(deployment: Deployment, set: ReplicaSet, revision: number): ReplicaSet {
    return objects.modify(
      kinds.replicaSet,
      set.metadata.namespace,
      set.metadata.name,
      current => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: {
            ...current.metadata.annotations,
            ...inheritedAnnotations(deployment),
            [revisionAnnotation]: String(revision),
          },
        },
      }),
      { manager },
    ) as ReplicaSet;
  }

  function scale(deployment: Deployment, set: ReplicaSet, replicas: number): void {
    const { name, namespace } = set.metadata;
    const desired = deployment.spec.replicas;
    objects.modify(
      kinds.replicaSet,
      namespace,
      name,
      current => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: {
            ...current.metadata.annotations,
            'deployment.kubernetes.io/desired-replicas': String(desired),
            'deployment.kubernetes.io/max-replicas': String(
              desired + rolloutLimits(deployment.spec).surge,
            ),
          },
        },
        spec: { ...(current as ReplicaSet).spec, replicas },
      }),
      { manager },
    );
    const direction = replicas > set.spec.replicas ? 'up' : 'down';
    events.record(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${direction} replica set ${name} from ${set.spec.replicas} to ${replicas}`,
      component,
    });
  }

  function rollOut(deployment: Deployment, current: ReplicaSet, old: ReplicaSet[]): void {
    const counts = (set: ReplicaSet) => ({
      name: set.metadata.name,
      replicas: set.spec.replicas,
      available: set.status?.availableReplicas ?? 0,
    });
    const oldPods = old.reduce(
      (sum, set) => sum + (set.status?.replicas ?? 0) + (set.status?.terminatingReplicas ?? 0),
      0,
    );
    for (const step of planRollout(deployment.spec, counts(current), old.map(counts), oldPods)) {
      const set = [current, ...old].find(item => item.metadata.name === step.name);
      if (set) {
        scale(deployment, set, step.replicas);
      }
    }
  }

  function cleanUp(deployment: Deployment, old: ReplicaSet[]): void {
    const surplus = old.length - deployment.spec.revisionHistoryLimit;
    old
      .slice(0, Math.max(0, surplus))
      .filter(
        set => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0 && !isTerminating(set),
      )
      .forEach(set => objects.delete(kinds.replicaSet, set.metadata.namespace, set.metadata.name));
  }

  function report(deployment: Deployment, current: ReplicaSet, isNewSet: boolean): number | void {
    const { name, namespace } = deployment.metadata;
    const latest = objects.get(kinds.deployment, namespace, name) as Deployment;
    const sets = setsOf(store, latest);
    const set = sets.find(item => item.metadata.uid === current.metadata.uid) ?? current;
    const status = deploymentStatus(latest, set, sets, isNewSet, clock.now());
    if (!jsonEqual(status, latest.status)) {
      objects.modify(kinds.deployment, namespace, name, object => ({ ...object, status }), {
        manager,
        subresource: 'status',
      });
    }
    if (isComplete(latest, status)) {
      cleanUp(
        latest,
        sets.filter(item => item !== set),
      );
      return undefined;
    }
    const progressing = status.conditions?.find(item => item.type === 'Progressing');
    return progressing?.status === 'True'
      ? latest.spec.progressDeadlineSeconds * 1000 + 1000
      : undefined;
  }

  return {
    name: component,
    initialKeys: () => store.list(kinds.deployment).map(objectKey),
    keysOf: ({ resource, object }) => {
      if (resource === kinds.deployment) {
        return [objectKey(object)];
      }
      const owner = resource === kinds.replicaSet ? controllerOf(object) : undefined;
      return owner?.kind === 'Deployment' ? [keyOf(object.metadata.namespace, owner.name)] : [];
    },
    reconcile: key => {
      const { namespace, name } = splitKey(key);
      const deployment = store.get(kinds.deployment, namespace, name) as Deployment | undefined;
      if (!deployment || isTerminating(deployment)) {
        return undefined;
      }
      const sets = setsOf(store, deployment);
      if (deployment.spec.paused && !currentSet(deployment, sets)) {
        return undefined;
      }
      const { set, isNew } = ensureCurrent(deployment, sets);
      annotateDeployment(deployment, revisionOf(set));
      rollOut(
        deployment,
        set,
        sets.filter(item => item.metadata.uid !== set.metadata.uid),
      );
      return report(deployment, set, isNew);
    },
  };
}
