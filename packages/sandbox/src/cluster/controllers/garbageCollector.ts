import { KubernetesObject, isTerminating } from '../model/objects';
import { Resource, resourceOfKind, resources } from '../model/resources';
import { foregroundFinalizer, orphanFinalizer } from '../objects/deletion';
import { Controller, ControllerContext } from './controller';

const manager = 'kube-controller-manager';

interface Found {
  resource: Resource;
  object: KubernetesObject;
}

/**
 * Deletes objects whose owners are gone, and carries out foreground and orphaning deletion.
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export function garbageCollector(context: ControllerContext): Controller {
  const { objects } = context;
  const { store } = objects;

  function dependentsOf(uid: string, namespace: string | undefined): Found[] {
    return resources.flatMap(resource =>
      store
        .list(resource, resource.namespaced ? namespace : undefined)
        .filter(object => object.metadata.ownerReferences?.some(reference => reference.uid === uid))
        .map(object => ({ resource, object })),
    );
  }

  function withoutOwner({ resource, object }: Found, uid: string): void {
    const { namespace, name } = object.metadata;
    objects.modify(
      resource,
      namespace,
      name,
      current => ({
        ...current,
        metadata: {
          ...current.metadata,
          ownerReferences: current.metadata.ownerReferences?.filter(
            reference => reference.uid !== uid,
          ),
        },
      }),
      { manager },
    );
  }

  function hasLivingOwner(object: KubernetesObject): boolean {
    const { namespace, ownerReferences = [] } = object.metadata;
    return ownerReferences.some(reference => {
      const resource = resourceOfKind(reference.apiVersion, reference.kind);
      const owner =
        resource &&
        store.get(resource, resource.namespaced ? namespace : undefined, reference.name);
      return owner?.metadata.uid === reference.uid;
    });
  }

  function collect(uid: string, namespace: string | undefined): void {
    for (const dependent of dependentsOf(uid, namespace)) {
      const { resource, object } = dependent;
      if (hasLivingOwner(object)) {
        withoutOwner(dependent, uid);
      } else if (!isTerminating(object)) {
        objects.delete(resource, object.metadata.namespace, object.metadata.name);
      }
    }
  }

  function release({ resource, object }: Found, finalizer: string): void {
    const { namespace, name } = object.metadata;
    objects.modify(
      resource,
      namespace,
      name,
      current => ({
        ...current,
        metadata: {
          ...current.metadata,
          finalizers: current.metadata.finalizers?.filter(item => item !== finalizer),
        },
      }),
      { manager },
    );
  }

  /** Deletes the dependents that block; the owner goes when none of them is left. */
  function deleteForeground(found: Found): void {
    const { uid, namespace } = found.object.metadata;
    const blocking = dependentsOf(uid, namespace).filter(({ object }) =>
      object.metadata.ownerReferences?.some(
        reference => reference.uid === uid && reference.blockOwnerDeletion,
      ),
    );
    if (blocking.length === 0) {
      release(found, foregroundFinalizer);
      return;
    }
    for (const { resource, object } of blocking.filter(item => !isTerminating(item.object))) {
      objects.delete(resource, object.metadata.namespace, object.metadata.name, {
        propagationPolicy: 'Foreground',
      });
    }
  }

  function finalize(found: Found): void {
    const { uid, namespace, finalizers } = found.object.metadata;
    if (finalizers?.includes(orphanFinalizer)) {
      dependentsOf(uid, namespace).forEach(dependent => withoutOwner(dependent, uid));
      release(found, orphanFinalizer);
    } else if (finalizers?.includes(foregroundFinalizer)) {
      deleteForeground(found);
    }
  }

  function findByUid(uid: string): Found | undefined {
    for (const resource of resources) {
      const object = store.list(resource).find(item => item.metadata.uid === uid);
      if (object) {
        return { resource, object };
      }
    }
    return undefined;
  }

  const keyOfUid = (uid: string, namespace: string | undefined) => `${namespace ?? ''}/${uid}`;

  return {
    name: 'garbage-collector',
    initialKeys: () =>
      resources.flatMap(resource =>
        store
          .list(resource)
          .flatMap(({ metadata: { namespace, ownerReferences = [] } }) =>
            ownerReferences.map(reference => keyOfUid(reference.uid, namespace)),
          ),
      ),
    keysOf: ({ type, object }) => {
      const { uid, namespace, ownerReferences = [], finalizers = [] } = object.metadata;
      const ofOwners = () => ownerReferences.map(owner => keyOfUid(owner.uid, namespace));
      if (type === 'DELETED') {
        return [keyOfUid(uid, namespace), ...ofOwners()];
      }
      const isFinalizing = finalizers.some(
        name => name === foregroundFinalizer || name === orphanFinalizer,
      );
      return [
        ...(isTerminating(object) && isFinalizing ? [keyOfUid(uid, namespace)] : []),
        // An object may name an owner that is gone already.
        ...(type === 'ADDED' ? ofOwners() : []),
      ];
    },
    reconcile: key => {
      const slash = key.indexOf('/');
      const uid = key.slice(slash + 1);
      const owner = findByUid(uid);
      if (!owner) {
        collect(uid, key.slice(0, slash) || undefined);
      } else if (isTerminating(owner.object)) {
        finalize(owner);
      }
    },
  };
}
