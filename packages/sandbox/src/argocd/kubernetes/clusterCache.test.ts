import { ClusterCache } from './clusterCache';
import { KubernetesClient } from './kubernetesClient';
import { StoreChange } from './objectStore';
import { KubernetesObject } from './types';

const application = (version: number, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: 'tenant-a',
    namespace: 'argocd',
    resourceVersion: String(version),
    ...metadata,
  },
});
const leaving = { deletionTimestamp: '2026-11-23T10:00:00Z' };
const type = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
};

it('tells of the write that takes the last finalizer away as of a deletion, once and under its version', () => {
  // Nothing is asked: the cache is told.
  const cache = new ClusterCache({} as KubernetesClient, () => undefined);
  const changes: StoreChange[] = [];
  cache.subscribe(change => changes.push(change));
  cache.written(application(1, { finalizers: ['keep'] }));
  cache.written(application(2, { finalizers: ['keep'], ...leaving }));
  cache.written(application(3, leaving));
  cache.changed(type, { type: 'DELETED', object: application(3, leaving) });
  expect(changes.map(change => [change.type, change.object.metadata.resourceVersion])).toEqual([
    ['ADDED', '1'],
    ['MODIFIED', '2'],
    ['DELETED', '3'],
  ]);
});
