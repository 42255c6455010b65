import { KubernetesObject } from '../model/objects';
import { Writer, trackUpdate } from './managedFields';
import { serverSideApply } from './serverSideApply';

const time = '2026-11-23T10:00:00Z';
const by = (manager: string): Writer => ({ manager, operation: 'Apply', time });
const rules = { force: false, custom: false };

function manifest(spec: object, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...metadata } as KubernetesObject['metadata'],
    spec,
  };
}

const container = (env: object[]) => ({ containers: [{ name: 'web', image: 'web:1', env }] });

it('removes what the manifest no longer names', () => {
  const first = manifest(
    {
      replicas: 2,
      template: {
        spec: container([
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ]),
      },
    },
    { labels: { app: 'web', old: 'x' } },
  );
  const second = manifest(
    { template: { spec: container([{ name: 'B', value: '3' }]) } },
    { labels: { app: 'web' } },
  );
  const made = serverSideApply(undefined, first, by('argocd'), rules);
  const changed = serverSideApply(made, second, by('argocd'), rules);
  expect(changed.spec).toEqual(second.spec);
  expect(changed.metadata.labels).toEqual({ app: 'web' });
});

it('leaves alone what others have added', () => {
  const made = serverSideApply(undefined, manifest({ a: 1 }), by('argocd'), rules);
  const seen = serverSideApply(
    made,
    manifest({ b: 2 }, { annotations: { note: 'x' } }),
    by('ops'),
    rules,
  );
  const again = serverSideApply(seen, manifest({ a: 3 }), by('argocd'), rules);
  expect(again.spec).toEqual({ a: 3, b: 2 });
  expect(again.metadata.annotations).toEqual({ note: 'x' });
});

it('keeps a field that two managers set until both have let go', () => {
  const one = serverSideApply(undefined, manifest({ a: 1 }), by('one'), rules);
  const both = serverSideApply(one, manifest({ a: 1 }), by('two'), rules);
  const left = serverSideApply(both, manifest({ z: 0 }), by('one'), rules);
  expect(left.spec).toEqual({ a: 1, z: 0 });
  expect(serverSideApply(left, manifest({ y: 0 }), by('two'), rules).spec).toEqual({ z: 0, y: 0 });
});

it('refuses a field of another manager unless it is forced, and then takes it over', () => {
  const made = serverSideApply(undefined, manifest({ replicas: 2 }), by('argocd'), rules);
  const scaled = { ...made, spec: { replicas: 5 } };
  const writer: Writer = { manager: 'kubectl-scale', operation: 'Update', time };
  const live = {
    ...scaled,
    metadata: { ...made.metadata, managedFields: trackUpdate(made, scaled, writer, false) },
  };
  const apply = (force: boolean) =>
    serverSideApply(live, manifest({ replicas: 2 }), by('argocd'), { force, custom: false });
  expect(() => apply(false)).toThrow(
    'Apply failed with 1 conflict: conflict with "kubectl-scale" using apps/v1: .spec.replicas',
  );
  const forced = apply(true);
  expect(forced.spec).toEqual({ replicas: 2 });
  expect(forced.metadata.managedFields?.map(entry => entry.manager)).toEqual(['argocd']);
});

it('writes ownership as the real one: merge keys with their defaults, no names', () => {
  const made = serverSideApply(
    undefined,
    manifest(
      { template: { spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] } } },
      { labels: { app: 'web' } },
    ),
    by('argocd'),
    rules,
  );
  expect(made.metadata.managedFields).toEqual([
    {
      manager: 'argocd',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': { 'f:labels': { 'f:app': {} } },
        'f:spec': {
          'f:template': {
            'f:spec': {
              'f:containers': {
                'k:{"name":"web"}': {
                  '.': {},
                  'f:name': {},
                  'f:ports': {
                    'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                  },
                },
              },
            },
          },
        },
      },
    },
  ]);
});

it('takes the lists of custom resources as a whole', () => {
  const app = (items: object[]) => manifest({ sources: items, containers: [{ name: 'a' }] });
  const custom = { force: false, custom: true };
  const made = serverSideApply(
    undefined,
    app([{ name: 'a' }, { name: 'b' }]),
    by('argocd'),
    custom,
  );
  const changed = serverSideApply(made, app([{ name: 'c' }]), by('argocd'), custom);
  expect(changed.spec).toEqual({ sources: [{ name: 'c' }], containers: [{ name: 'a' }] });
});
