import { ago, applicationOf, managed, operation, podOf } from '../objects';
import { image, pods, synced, template, type Commits, type Situation } from './Situation';

const told = (tenant: string, ...items: object[]) => ({
  [`argocd/${tenant}`]: { managed: { items } },
});
/** An Application with a health since so many seconds, synced as long ago. */
const since = (tenant: string, { head }: Commits, status: string, seconds: number, more = {}) =>
  applicationOf(tenant, head, {
    status: {
      health: { status, lastTransitionTime: ago(seconds) },
      operationState: operation('Succeeded', head, { finishedAt: ago(seconds) }),
      ...more,
    },
  });
const suspended = (tenant: string, commits: Commits, more = {}) =>
  since(tenant, commits, 'Suspended', 7200, more);
const unready = (tenant: string, name: string, version: string, seconds: number, status = {}) =>
  podOf(tenant, name, image(version), {
    ready: false,
    age: seconds,
    readyFor: seconds,
    status,
  });
const ours = template(image('sha-2'));
const deployment = managed('Deployment', { replicas: 2, ...ours });
const cronJob = managed('CronJob', { suspend: true });
const blueGreen = (of: object) =>
  managed(
    'Rollout',
    { replicas: 2, strategy: { blueGreen: { scaleDownDelaySeconds: 86_400 } }, ...of },
    { phase: 'Healthy', stableRS: 'abc', currentPodHash: 'abc' },
  );

/** How a version comes to all pods, or does not. */
export const rolloutSituations: Situation[] = [
  {
    name: 'a StatefulSet whose new pod has not been ready for two hours',
    hold: (tenant, commits) => ({
      applications: [since(tenant, commits, 'Progressing', 7200)],
      pods: [...pods(tenant, 'sha-1', 'sha-1'), unready(tenant, 'new', 'sha-2', 7190)],
    }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED', 'ROLLING_OUT'],
    running: ['sha-2 1/0', 'sha-1 2/2'],
    text: /2 of 3 pods are ready/,
  },
  {
    name: 'a DaemonSet whose new pod has been pending for two hours',
    hold: (tenant, commits) => ({
      applications: [since(tenant, commits, 'Progressing', 7200)],
      pods: [
        ...pods(tenant, 'sha-1', 'sha-1'),
        unready(tenant, 'new', 'sha-2', 7190, {
          phase: 'Pending',
          startTime: undefined,
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
          containerStatuses: [],
        }),
      ],
    }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED', 'ROLLING_OUT'],
  },
  {
    name: 'a start that takes six minutes',
    hold: (tenant, commits) => ({
      applications: [since(tenant, commits, 'Progressing', 360)],
      pods: [unready(tenant, 'slow', 'sha-2', 360)],
    }),
    state: 'progressing',
    codes: ['ROLLING_OUT'],
    running: ['sha-2 1/0'],
  },
  {
    name: 'a start that may take half an hour',
    hold: (tenant, commits) => ({
      applications: [since(tenant, commits, 'Progressing', 900)],
      answers: told(tenant, managed('Deployment', { progressDeadlineSeconds: 1800, ...ours })),
      pods: [unready(tenant, 'slow', 'sha-2', 900)],
    }),
    state: 'progressing',
    codes: ['ROLLING_OUT'],
  },
  {
    name: 'a paused canary whose other pods have not been ready for an hour',
    hold: (tenant, commits) => ({
      applications: [suspended(tenant, commits)],
      pods: [
        ...pods(tenant, 'sha-2'),
        ...['x', 'y', 'z'].map(name => unready(tenant, name, 'sha-1', 3600)),
      ],
    }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED', 'ROLLOUT_PAUSED'],
    running: ['sha-2 1/1*', 'sha-1 3/0'],
    text: /1 of 4 pods are ready/,
  },
  {
    name: 'a suspended CronJob beside the Deployment',
    hold: (tenant, commits) => ({
      applications: [suspended(tenant, commits)],
      answers: told(tenant, cronJob, deployment),
      pods: pods(tenant, 'sha-2', 'sha-2'),
    }),
    state: 'in-sync',
    codes: [],
    running: synced,
  },
  {
    name: 'a suspended CronJob, as far as the Application tells',
    hold: (tenant, commits) => ({
      applications: [
        suspended(tenant, commits, {
          resources: [{ kind: 'CronJob', name: 'nightly', health: { status: 'Suspended' } }],
        }),
      ],
      pods: pods(tenant, 'sha-2', 'sha-2'),
    }),
    state: 'in-sync',
    codes: [],
  },
  {
    name: 'a ScaledObject that is paused',
    hold: (tenant, commits) => ({
      applications: [suspended(tenant, commits)],
      answers: told(tenant, deployment, { ...managed('ScaledObject', {}), group: 'keda.sh' }),
      pods: pods(tenant, 'sha-2', 'sha-2'),
    }),
    state: 'in-sync',
    codes: [],
  },
  {
    name: 'a suspended CronJob, and a pod that was left',
    hold: (tenant, commits) => ({
      applications: [suspended(tenant, commits)],
      answers: told(tenant, cronJob, deployment),
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
    running: ['sha-2 1/1', 'sha-1 1/1'],
  },
  {
    name: 'a StatefulSet with a partition',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: told(
        tenant,
        managed('StatefulSet', {
          replicas: 3,
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
        }),
      ),
      pods: pods(tenant, 'sha-1', 'sha-1', 'sha-2'),
    }),
    state: 'progressing',
    codes: ['ROLLOUT_PAUSED'],
    text: /1 of 3 pods run sha-2: the StatefulSet demo-api stays at partition 2/,
  },
  ...['StatefulSet', 'DaemonSet'].map(
    (kind): Situation => ({
      name: `a ${kind} whose pods wait to be deleted`,
      hold: (tenant, { head }) => ({
        applications: [applicationOf(tenant, head)],
        answers: told(
          tenant,
          managed(
            kind,
            { replicas: 2, updateStrategy: { type: 'OnDelete' } },
            { desiredNumberScheduled: 2 },
          ),
        ),
        pods: pods(tenant, 'sha-1', 'sha-2'),
      }),
      state: 'progressing',
      codes: ['ROLLOUT_PAUSED'],
      text: /waits for its pods to be deleted/,
    }),
  ),
  {
    name: 'a database whose pods wait to be deleted, and a pod of the service that was left',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: told(
        tenant,
        deployment,
        managed('StatefulSet', { updateStrategy: { type: 'OnDelete' }, ...template('redis:7') }),
      ),
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
  },
  {
    name: 'pods that a blue-green Rollout keeps after its promotion',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: told(tenant, blueGreen(ours)),
      pods: pods(tenant, 'sha-2', 'sha-2', 'sha-1', 'sha-1'),
    }),
    state: 'in-sync',
    codes: ['ROLLING_OUT'],
    running: ['sha-2 2/2', 'sha-1 2/2'],
    text: /keeps the others until scaleDownDelaySeconds have passed/,
  },
  {
    name: 'a blue-green Rollout that serves something else',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: told(tenant, blueGreen(template(image('sha-1')))),
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
  },
  {
    name: 'a paused Rollout beside a suspended CronJob',
    hold: (tenant, commits) => ({
      applications: [suspended(tenant, commits)],
      answers: told(tenant, cronJob, managed('Rollout', { ...ours }, { phase: 'Paused' })),
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'progressing',
    codes: ['ROLLOUT_PAUSED'],
    running: ['sha-2 1/1*', 'sha-1 1/1'],
  },
];
