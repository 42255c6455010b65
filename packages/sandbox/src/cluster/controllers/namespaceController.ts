import { isTerminating, objectKey } from '../model/objects';
import { kinds, resources } from '../model/resources';
import { Controller, ControllerContext } from './controller';

const manager = 'kube-controller-manager';
/** Pods of an ending namespace get less time than their own grace period at most. */
const recheckMilliseconds = 200;

/** Gives every namespace its default service account, and empties those that are deleted. */
export function namespaceController(context: ControllerContext): Controller {
  const { objects } = context;
  const { store } = objects;

  function ensureServiceAccount(namespace: string): void {
    if (!store.get(kinds.serviceAccount, namespace, 'default')) {
      objects.create(
        kinds.serviceAccount,
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace },
        },
        { manager },
      );
    }
  }

  /** Deletes what is in the namespace; true when nothing is left. */
  function empty(namespace: string): boolean {
    const content = resources
      .filter(resource => resource.namespaced)
      .flatMap(resource => store.list(resource, namespace).map(object => ({ resource, object })));
    for (const { resource, object } of content) {
      if (!isTerminating(object)) {
        objects.delete(resource, namespace, object.metadata.name, {
          propagationPolicy: 'Background',
        });
      }
    }
    return resources
      .filter(resource => resource.namespaced)
      .every(resource => store.list(resource, namespace).length === 0);
  }

  return {
    name: 'namespace-controller',
    initialKeys: () => store.list(kinds.namespace).map(objectKey),
    keysOf: ({ resource, object, type }) => {
      if (resource === kinds.namespace && type !== 'DELETED') {
        return [objectKey(object)];
      }
      // A default service account that is deleted comes back.
      return resource === kinds.serviceAccount && type === 'DELETED'
        ? [object.metadata.namespace ?? '']
        : [];
    },
    reconcile: key => {
      const namespace = store.get(kinds.namespace, undefined, key);
      if (!namespace) {
        return undefined;
      }
      if (!isTerminating(namespace)) {
        ensureServiceAccount(key);
        return undefined;
      }
      if (!empty(key)) {
        return recheckMilliseconds;
      }
      objects.modify(
        kinds.namespace,
        undefined,
        key,
        current => ({ ...current, spec: { finalizers: [] } }),
        { manager },
      );
      return undefined;
    },
  };
}
