import { ApplicationSpec, ApplicationStatus, OperationState, RetryStrategy } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { decideAutoSync } from './autoSync';
import { setConditions } from './conditions';
import { appendHistory } from './history';
import { parseDuration, retryDelay } from './retry';
import { compareForSync } from './syncOrder';
import { prepareTargets } from './targetObjects';
import { trackedBy } from './tracking';

const source = { repoURL: 'https://example.com/a.git', path: 'chart' };
const revision = 'a'.repeat(40);

describe('decideAutoSync', () => {
  const spec: ApplicationSpec = {
    project: 'default',
    source,
    destination: { name: 'in-cluster' },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  };
  const changed = { version: 'v1', kind: 'ConfigMap', name: 'a', status: 'OutOfSync' } as const;
  const now = Date.parse('2026-11-23T10:00:10Z');
  const lastSync = (change: Partial<OperationState>, heals?: number): ApplicationStatus => ({
    operationState: {
      operation: { sync: { revision, ...(heals ? { autoHealAttemptsCount: heals } : {}) } },
      phase: 'Succeeded',
      startedAt: '2026-11-23T10:00:09Z',
      finishedAt: '2026-11-23T10:00:09Z',
      syncResult: { revision, source },
      ...change,
    },
  });
  const decide = (change: Partial<Parameters<typeof decideAutoSync>[0]>) =>
    decideAutoSync({
      spec,
      status: undefined,
      sync: { status: 'OutOfSync', comparedTo: { destination: {} }, revision },
      resources: [changed],
      operationPending: false,
      now,
      ...change,
    });
  const policy = (automated: object | undefined) => ({
    spec: { ...spec, syncPolicy: { automated } } as ApplicationSpec,
  });

  it.each<[string, Partial<Parameters<typeof decideAutoSync>[0]>, object]>([
    [
      'syncs a new revision',
      {},
      {
        kind: 'operation',
        operation: { sync: { revision, prune: true, source }, retry: { limit: 5 } },
      },
    ],
    ['does nothing without automation', policy(undefined), { kind: 'nothing' }],
    ['does nothing when it is disabled', policy({ enabled: false }), { kind: 'nothing' }],
    ['does nothing while another operation runs', { operationPending: true }, { kind: 'nothing' }],
    [
      'does nothing when all is in sync',
      { sync: { status: 'Synced', comparedTo: { destination: {} }, revision } },
      { kind: 'nothing' },
    ],
    [
      'does not prune without leave',
      { ...policy({}), resources: [{ ...changed, requiresPruning: true }] },
      { kind: 'nothing' },
    ],
    [
      'does not wipe everything out',
      { resources: [{ ...changed, requiresPruning: true }] },
      {
        kind: 'condition',
        condition: {
          type: 'SyncError',
          message: `Skipping sync attempt to [${revision}]: auto-sync will wipe out all resources`,
        },
      },
    ],
    [
      'does not repeat what failed',
      { status: lastSync({ phase: 'Failed', message: 'no' }) },
      {
        kind: 'condition',
        condition: { type: 'SyncError', message: `Failed last sync attempt to [${revision}]: no` },
      },
    ],
    [
      'heals at once the first time',
      { status: lastSync({}) },
      {
        kind: 'operation',
        operation: {
          sync: { autoHealAttemptsCount: 1, resources: [{ kind: 'ConfigMap', name: 'a' }] },
        },
      },
    ],
    [
      'waits before it heals again',
      { status: lastSync({}, 1) },
      { kind: 'wait', milliseconds: 1_000 },
    ],
    ['does not heal without leave', { ...policy({}), status: lastSync({}) }, { kind: 'nothing' }],
    [
      'syncs the same revision of another source',
      { status: lastSync({ syncResult: { revision, source: { ...source, path: 'other' } } }) },
      { kind: 'operation', operation: { sync: { revision } } },
    ],
  ])('%s', (_name, change, expected) => expect(decide(change)).toMatchObject(expected));
});

describe('retryDelay', () => {
  it.each<[RetryStrategy | undefined, number, number]>([
    [undefined, 0, 5_000],
    [undefined, 3, 40_000],
    [undefined, 9, 180_000],
    [{ backoff: { duration: '1s', factor: 3, maxDuration: '10s' } }, 1, 3_000],
    [{ backoff: { duration: '1s', factor: 3, maxDuration: '10s' } }, 5, 10_000],
  ])('%j, attempt %i: %i ms', (retry, count, expected) => {
    expect(retryDelay(retry, count)).toBe(expected);
  });

  it.each([
    ['3m0s', 180_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['7', 7_000],
    ['soon', undefined],
    ['5s later', undefined],
  ])('%s lasts %s ms', (text, expected) => expect(parseDuration(text)).toBe(expected));
});

describe('appendHistory', () => {
  const state: OperationState = {
    operation: { initiatedBy: { automated: true } },
    phase: 'Succeeded',
    startedAt: '2026-11-23T10:00:00Z',
    syncResult: { revision, source },
  };
  it('keeps the newest ten and counts on', () => {
    const all = Array.from({ length: 12 }).reduce<ReturnType<typeof appendHistory>>(
      history => appendHistory(history, state, '2026-11-23T10:00:01Z'),
      [],
    );
    expect(all.map(each => each.id)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(all[0]).toEqual({
      id: 2,
      revision,
      source,
      deployStartedAt: '2026-11-23T10:00:00Z',
      deployedAt: '2026-11-23T10:00:01Z',
      initiatedBy: { automated: true },
    });
  });
});

describe('setConditions', () => {
  const old = { type: 'SyncError', message: 'no', lastTransitionTime: 'before' } as const;
  it('keeps the time of what stays, replaces what was looked at, leaves the rest', () => {
    const other = { ...old, type: 'DeletionError' } as const;
    const next = setConditions(
      [old, other],
      [
        { type: 'SyncError', message: 'no' },
        { type: 'ComparisonError', message: 'new' },
      ],
      ['SyncError', 'ComparisonError'],
      'now',
    );
    expect(next).toEqual([
      { type: 'ComparisonError', message: 'new', lastTransitionTime: 'now' },
      other,
      old,
    ]);
    expect(setConditions([old], [], ['SyncError'], 'now')).toBeUndefined();
  });
});

const object = (
  kind: string,
  name: string,
  wave?: string,
  apiVersion = 'v1',
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    ...(wave ? { annotations: { 'argocd.argoproj.io/sync-wave': wave } } : {}),
  },
});

describe('compareForSync', () => {
  it('orders by wave, kind and name', () => {
    const objects = [
      object('Application', 'a', undefined, 'argoproj.io/v1alpha1'),
      object('Deployment', 'b'),
      object('Deployment', 'a'),
      object('Namespace', 'n'),
      object('ConfigMap', 'late', '1'),
      object('AppProject', 'p', '-1', 'argoproj.io/v1alpha1'),
    ];
    expect(objects.sort(compareForSync).map(each => `${each.kind}/${each.metadata.name}`)).toEqual([
      'AppProject/p',
      'Namespace/n',
      'Deployment/a',
      'Deployment/b',
      'Application/a',
      'ConfigMap/late',
    ]);
  });
});

describe('prepareTargets', () => {
  const typeOf = (group: string, kind: string) =>
    kind === 'Namespace'
      ? { group, kind, version: 'v1', plural: 'x', namespaced: false }
      : undefined;
  it('places, tracks, and warns of repetition', () => {
    const { objects, conditions } = prepareTargets(
      [object('ConfigMap', 'a'), object('ConfigMap', 'a'), object('Namespace', 'tenant-a')],
      'app',
      'tenant-a',
      typeOf,
    );
    expect(objects.map(each => each.metadata)).toEqual([
      {
        name: 'a',
        namespace: 'tenant-a',
        annotations: { 'argocd.argoproj.io/tracking-id': 'app:/ConfigMap:tenant-a/a' },
      },
      {
        name: 'tenant-a',
        annotations: { 'argocd.argoproj.io/tracking-id': 'app:/Namespace:/tenant-a' },
      },
    ]);
    expect(objects.map(trackedBy)).toEqual(['app', 'app']);
    expect(conditions).toEqual([
      {
        type: 'RepeatedResourceWarning',
        message: 'Resource /ConfigMap/tenant-a/a appeared 2 times among application resources.',
      },
    ]);
  });

  it('does not take an inherited annotation for its own', () => {
    const replicaSet = object('ReplicaSet', 'a-1', undefined, 'apps/v1');
    replicaSet.metadata.annotations = {
      'argocd.argoproj.io/tracking-id': 'app:apps/Deployment:tenant-a/a',
    };
    expect(trackedBy(replicaSet)).toBeUndefined();
  });
});
