import { HealthCode } from '../application';
import { JsonObject } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { aggregateHealth } from './aggregateHealth';
import { resourceHealth } from './resourceHealth';

const make = (
  apiVersion: string,
  kind: string,
  spec: JsonObject,
  status: JsonObject,
  metadata = {},
) =>
  ({
    apiVersion,
    kind,
    metadata: { name: 'demo-api', generation: 2, ...metadata },
    spec,
    status,
  } as KubernetesObject);
const deployment = (status: JsonObject, spec: JsonObject = { replicas: 2 }) =>
  make('apps/v1', 'Deployment', spec, { observedGeneration: 2, ...status });
const pod = (status: JsonObject, spec: JsonObject = { restartPolicy: 'Always' }) =>
  make('v1', 'Pod', spec, status);
const waiting = (reason: string) => ({
  phase: 'Pending',
  containerStatuses: [{ name: 'a', state: { waiting: { reason, message: `why: ${reason}` } } }],
});
const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const full = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const rollout = 'Waiting for rollout to finish: ';

describe('resourceHealth', () => {
  it.each<[string, KubernetesObject, HealthCode | undefined, string | undefined]>([
    ['rolled out', deployment(full), 'Healthy', undefined],
    [
      'not observed',
      deployment({ ...full, observedGeneration: 1 }),
      'Progressing',
      `${rollout}observed deployment generation less than desired generation`,
    ],
    [
      'not updated',
      deployment({ replicas: 2, updatedReplicas: 1 }),
      'Progressing',
      `${rollout}1 out of 2 new replicas have been updated...`,
    ],
    [
      'old ones left',
      deployment({ ...full, replicas: 3 }),
      'Progressing',
      `${rollout}1 old replicas are pending termination...`,
    ],
    [
      'not available',
      deployment({ ...full, availableReplicas: 0 }),
      'Progressing',
      `${rollout}0 of 2 updated replicas are available...`,
    ],
    [
      'deadline exceeded',
      deployment({ conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] }),
      'Degraded',
      'Deployment "demo-api" exceeded its progress deadline',
    ],
    ['paused', deployment(full, { paused: true }), 'Suspended', 'Deployment is paused'],
    [
      'replica set that waits',
      make('apps/v1', 'ReplicaSet', { replicas: 1 }, { observedGeneration: 2 }),
      'Progressing',
      `${rollout}0 out of 1 new replicas are available...`,
    ],
    [
      'replica set that fails',
      make(
        'apps/v1',
        'ReplicaSet',
        { replicas: 1 },
        {
          observedGeneration: 2,
          conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' }],
        },
      ),
      'Degraded',
      'exceeded quota',
    ],
    ['pod that runs', pod({ phase: 'Running', ...ready }), 'Healthy', undefined],
    ['pod that starts', pod({ phase: 'Running' }), 'Progressing', undefined],
    ['pod without image', pod(waiting('ImagePullBackOff')), 'Degraded', 'why: ImagePullBackOff'],
    ['pod that pulls', pod(waiting('ErrImagePull')), 'Degraded', 'why: ErrImagePull'],
    ['pod that is created', pod(waiting('ContainerCreating')), 'Progressing', undefined],
    [
      'pod that crashed before',
      pod({ phase: 'Running', containerStatuses: [{ lastState: { terminated: {} } }] }),
      'Degraded',
      undefined,
    ],
    [
      'pod that failed',
      pod({
        phase: 'Failed',
        containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 3 } } }],
      }),
      'Degraded',
      'container "a" failed with exit code 3',
    ],
    [
      'one-off pod',
      pod({ phase: 'Running' }, { restartPolicy: 'Never' }),
      'Progressing',
      undefined,
    ],
    ['service', make('v1', 'Service', {}, {}), 'Healthy', undefined],
    ['balancer', make('v1', 'Service', { type: 'LoadBalancer' }, {}), 'Progressing', undefined],
    ['ingress', make('networking.k8s.io/v1', 'Ingress', {}, {}), 'Progressing', undefined],
    [
      'ingress with address',
      make('networking.k8s.io/v1', 'Ingress', {}, { loadBalancer: { ingress: [{ ip: '1' }] } }),
      'Healthy',
      undefined,
    ],
    ['claim', make('v1', 'PersistentVolumeClaim', {}, { phase: 'Bound' }), 'Healthy', undefined],
    [
      'lost claim',
      make('v1', 'PersistentVolumeClaim', {}, { phase: 'Lost' }),
      'Degraded',
      undefined,
    ],
    [
      'autoscaler without metrics',
      make(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        {},
        {
          conditions: [
            { type: 'ScalingActive', reason: 'FailedGetResourceMetric', message: 'no metrics' },
            { type: 'AbleToScale', status: 'True' },
          ],
        },
      ),
      'Degraded',
      'no metrics',
    ],
    [
      'autoscaler that can scale, without metrics',
      make(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        {},
        {
          conditions: [
            { type: 'AbleToScale', status: 'True', message: 'it can' },
            { type: 'ScalingActive', reason: 'FailedGetResourceMetric', message: 'no metrics' },
          ],
        },
      ),
      'Healthy',
      'it can',
    ],
    [
      'new autoscaler',
      make('autoscaling/v2', 'HorizontalPodAutoscaler', {}, {}),
      'Progressing',
      'Waiting to Autoscale',
    ],
    ['job', make('batch/v1', 'Job', {}, {}), 'Progressing', undefined],
    [
      'done job',
      make('batch/v1', 'Job', {}, { conditions: [{ type: 'Complete' }] }),
      'Healthy',
      undefined,
    ],
    [
      'failed job',
      make('batch/v1', 'Job', {}, { conditions: [{ type: 'Failed', message: 'no' }] }),
      'Degraded',
      'no',
    ],
    ['config map', make('v1', 'ConfigMap', {}, {}), undefined, undefined],
    ['application', make('argoproj.io/v1alpha1', 'Application', {}, {}), undefined, undefined],
    [
      'what is being deleted',
      make('v1', 'ConfigMap', {}, {}, { deletionTimestamp: '2026-11-23T00:00:00Z' }),
      'Progressing',
      'Pending deletion',
    ],
  ])('%s', (_name, object, status, message) => {
    const health = resourceHealth(object);
    expect(health?.status).toBe(status);
    expect(health?.message).toBe(message);
  });
});

describe('of kinds that Argo CD judges by scripts', () => {
  const object = (kind: string, spec: object, status?: object) => ({
    apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'batch/v1',
    kind,
    metadata: { name: 'a', generation: 2 },
    spec,
    ...(status ? { status } : {}),
  });
  const reported = (status?: object) => object('Rollout', {}, status);
  const cronJob = (status?: object, spec = {}) => object('CronJob', spec, status);
  const observed = { observedGeneration: '2' };
  const scheduled = { lastScheduleTime: '2026-01-02T03:00:00Z' };
  const unobserved = 'Waiting for rollout spec update to be observed';
  it.each<[string, KubernetesObject, HealthCode, string | undefined]>([
    ['a Rollout that nobody has seen', reported(), 'Progressing', unobserved],
    [
      'a Rollout whose change nobody has seen',
      reported({ observedGeneration: '1', phase: 'Healthy' }),
      'Progressing',
      unobserved,
    ],
    [
      'a Rollout that waits for a person',
      reported({ ...observed, phase: 'Paused', message: 'CanaryPauseStep' }),
      'Suspended',
      'CanaryPauseStep',
    ],
    [
      'a Rollout that goes on',
      reported({ ...observed, phase: 'Progressing', message: 'more replicas need to be updated' }),
      'Progressing',
      'more replicas need to be updated',
    ],
    [
      'an aborted Rollout',
      reported({ ...observed, phase: 'Degraded', message: 'RolloutAborted' }),
      'Degraded',
      'RolloutAborted',
    ],
    ['a Rollout that is done', reported({ ...observed, phase: 'Healthy' }), 'Healthy', undefined],
    ['a CronJob before its first run', cronJob(), 'Healthy', 'CronJob has not been scheduled yet'],
    ['a suspended CronJob', cronJob({}, { suspend: true }), 'Healthy', 'CronJob is Suspended'],
    [
      'a CronJob whose last run failed',
      cronJob({ ...scheduled, lastSuccessfulTime: '2026-01-01T03:00:00Z' }),
      'Degraded',
      'CronJob has not completed its last execution successfully',
    ],
    [
      'a CronJob whose last run ended well',
      cronJob({ ...scheduled, lastSuccessfulTime: '2026-01-02T03:00:10Z' }),
      'Healthy',
      'CronJob has completed its last execution successfully',
    ],
  ])('%s', (_name, live, status, message) => {
    expect(resourceHealth(live)).toEqual({ status, ...(message ? { message } : {}) });
  });
});

describe('aggregateHealth', () => {
  const healthy = { group: 'apps', kind: 'Deployment', live: deployment(full) };
  const progressing = { group: 'apps', kind: 'Deployment', live: deployment({}) };
  const degraded = { group: '', kind: 'Pod', live: pod(waiting('CrashLoopBackOff')) };
  it.each<[string, Parameters<typeof aggregateHealth>[0], HealthCode]>([
    ['nothing', [], 'Healthy'],
    ['the worst', [healthy, progressing, degraded, healthy], 'Degraded'],
    ['progress', [healthy, progressing], 'Progressing'],
    ['a missing workload', [healthy, { group: 'apps', kind: 'Deployment' }], 'Missing'],
    ['a missing ConfigMap', [healthy, { group: '', kind: 'ConfigMap' }], 'Healthy'],
    [
      'one that is to be ignored',
      [
        {
          ...degraded,
          live: {
            ...degraded.live,
            metadata: {
              name: 'a',
              annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
            },
          },
        },
      ],
      'Healthy',
    ],
  ])('of %s', (_name, resources, status) => {
    expect(aggregateHealth(resources).status).toBe(status);
  });
});
