import { tenantFile, tenantPath } from '../FakeGithub';
import { ago, applicationOf, managed, operation } from '../objects';
import { healthy, nobody, outOfSync, pods, synced, type Held, type Situation } from './Situation';

const suspended = (kind: string, message: string) => ({
  health: { status: 'Suspended', lastTransitionTime: ago(900) },
  resources: [
    {
      group: 'argoproj.io',
      kind,
      name: 'demo-api',
      status: 'Synced',
      health: { status: 'Suspended', message },
    },
  ],
});

const changed = ({ applications, ...held }: Held, metadata: object): Held => ({
  ...held,
  applications: (applications as Array<{ metadata: object }>).map(application => ({
    ...application,
    metadata: { ...application.metadata, ...metadata },
  })),
});

/** What Argo CD does, or waits for. */
export const operationSituations: Situation[] = [
  { name: 'in sync', hold: healthy, state: 'in-sync', codes: [], synced: 'sha-2', running: synced },
  {
    name: 'sync by hand, and Git ahead',
    hold: (tenant, { head, old }) => ({
      applications: [applicationOf(tenant, head, { spec: nobody, status: outOfSync(head, old) })],
      pods: pods(tenant, 'sha-1'),
    }),
    state: 'progressing',
    codes: ['SYNC_BY_HAND'],
    synced: 'sha-1',
    text: /waits for a person/,
  },
  {
    name: 'automated sync that is switched off, and Git ahead',
    hold: (tenant, { head, old }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: { syncPolicy: { automated: { enabled: false } } },
          status: outOfSync(head, old),
        }),
      ],
      pods: pods(tenant, 'sha-1'),
    }),
    state: 'progressing',
    codes: ['SYNC_BY_HAND'],
  },
  {
    name: 'sync by hand, in sync',
    hold: (tenant, commits) => healthy(tenant, commits, { spec: nobody }),
    state: 'in-sync',
    codes: [],
  },
  {
    name: 'a closed window',
    hold: (tenant, { head, old }) => ({
      applications: [applicationOf(tenant, head, { status: outOfSync(head, old) })],
      pods: pods(tenant, 'sha-1'),
      answers: {
        [`argocd/${tenant}`]: {
          windows: {
            assignedWindows: [{ kind: 'allow', schedule: '0 6 * * *', duration: '0m' }],
            canSync: true,
          },
          project: {
            spec: {
              syncWindows: [
                { kind: 'allow', schedule: '0 6 * * *', duration: '0m', timeZone: 'UTC' },
              ],
            },
          },
        },
      },
    }),
    state: 'progressing',
    codes: ['SYNC_WINDOW_CLOSED'],
    text: /closed until \d{4}-\d\d-\d\dT06:00:00Z/,
  },
  {
    name: 'Git ahead for long',
    hold: (tenant, { head, old }) => ({
      applications: [applicationOf(tenant, head, { status: outOfSync(head, old) })],
      answers: { [`argocd/${tenant}`]: { windows: { canSync: true } } },
      pods: pods(tenant, 'sha-1'),
    }),
    state: 'drifted',
    codes: ['GIT_AHEAD'],
    synced: 'sha-1',
  },
  {
    name: 'changed by hand, while the branch moved on for others',
    hold: (tenant, { head, bumped }) => ({
      applications: [applicationOf(tenant, head, { status: outOfSync(head, bumped) })],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'drifted',
    codes: ['MANUAL_CHANGE'],
  },
  {
    name: 'a paused canary',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, { status: suspended('Rollout', 'CanaryPauseStep') }),
      ],
      answers: {
        [`argocd/${tenant}`]: {
          managed: {
            items: [
              managed(
                'Rollout',
                { replicas: 5, strategy: { canary: { steps: [{}, {}, {}] } } },
                { currentStepIndex: 0, pauseConditions: [{ reason: 'CanaryPauseStep' }] },
              ),
            ],
          },
        },
      },
      pods: pods(tenant, 'sha-2', 'sha-1', 'sha-1', 'sha-1', 'sha-1'),
    }),
    state: 'progressing',
    codes: ['ROLLOUT_PAUSED'],
    running: ['sha-2 1/1*', 'sha-1 4/4'],
    text: /Paused at step 1 of 3: 1 of 5 pods run sha-2\. It waits for approval or analysis/,
  },
  {
    name: 'a paused canary of which nothing more is told',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, { status: suspended('Rollout', 'CanaryPauseStep') }),
      ],
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'progressing',
    codes: ['ROLLOUT_PAUSED'],
    text: /1 of 2 pods/,
  },
  {
    name: 'health of another type',
    hold: (tenant, commits) =>
      healthy(tenant, commits, { status: { health: { status: 7, message: 'x' } } }),
    state: 'unknown',
    codes: ['APPLICATION_INVALID', 'HEALTH_UNKNOWN'],
    text: /status\.health\.status/,
  },
  {
    name: 'no status at all',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const [{ status: _, ...rest }] = applications as Array<{ status: unknown }>;
      return { ...held, applications: [rest] };
    },
    state: 'unknown',
    codes: ['SYNC_UNKNOWN', 'HEALTH_UNKNOWN'],
  },
  {
    name: 'a sync that is tried again',
    hold: (tenant, { head, old }) => ({
      applications: [
        applicationOf(tenant, head, {
          status: outOfSync(head, old, {
            operationState: operation('Running', head, {
              message:
                'one or more objects failed to apply, reason: quota. Retrying attempt #2 at 1:00PM.',
            }),
          }),
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'progressing',
    codes: ['SYNC_RETRYING'],
  },
  {
    name: 'a sync that a person ended',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          status: outOfSync(head, head, {
            operationState: operation('Failed', head, { message: 'Operation terminated' }),
            history: [{ id: 1, revision: head, deployedAt: ago(9000) }],
          }),
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'progressing',
    codes: ['SYNC_TERMINATED'],
  },
  {
    name: 'a hook that runs',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          status: {
            operationState: operation('Running', head, {
              message: 'waiting for completion of hook batch/Job/migrate',
            }),
          },
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'progressing',
    codes: ['HOOKS_RUNNING'],
    text: /hook Job\/migrate/,
  },
  {
    name: 'a sync that failed',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          status: outOfSync(head, head, {
            operationState: operation('Failed', head, { message: 'exceeded quota' }),
            history: [{ id: 1, revision: head, deployedAt: ago(9000) }],
          }),
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'degraded',
    codes: ['SYNC_FAILED'],
  },
  {
    name: 'Degraded for long',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        status: { health: { status: 'Degraded', lastTransitionTime: ago(600) } },
      }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED'],
  },
  ...(['dryRun', 'resources'] as const).map(
    (key): Situation => ({
      name: `sync by hand, and one of ${key === 'dryRun' ? 'a dry run' : 'some resources'}`,
      hold: (tenant, { head, old }) => ({
        applications: [
          applicationOf(tenant, head, {
            spec: nobody,
            status: outOfSync(head, old, {
              operationState: operation('Succeeded', head, {
                operation: {
                  sync: {
                    revision: head,
                    [key]: key === 'dryRun' ? true : [{ kind: 'ConfigMap', name: 'x' }],
                  },
                },
              }),
              history: [{ id: 1, revision: old, deployedAt: ago(9_000) }],
            }),
          }),
        ],
        pods: pods(tenant, 'sha-1'),
      }),
      state: 'progressing',
      codes: ['SYNC_BY_HAND'],
      synced: 'sha-1',
    }),
  ),
  {
    name: 'leftovers of a chart, and pruning is off',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: { syncPolicy: { automated: { prune: false, selfHeal: true } } },
          status: outOfSync(head, head, {
            resources: [
              { kind: 'ConfigMap', name: 'old', status: 'OutOfSync', requiresPruning: true },
              { group: 'apps', kind: 'Deployment', name: 'demo-api', status: 'Synced' },
            ],
          }),
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'in-sync',
    codes: ['LEFTOVERS'],
    text: /waits to be pruned: ConfigMap old/,
  },
  {
    name: 'sync by hand, and a new resource in Git',
    hold: (tenant, { head, old }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: nobody,
          status: outOfSync(head, old, {
            health: { status: 'Missing', lastTransitionTime: ago(900) },
          }),
        }),
      ],
      pods: pods(tenant, 'sha-1'),
    }),
    state: 'progressing',
    codes: ['SYNC_BY_HAND', 'HEALTH_DEGRADED'],
  },
  {
    name: 'parts that are missing for long',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        status: { health: { status: 'Missing', lastTransitionTime: ago(900) } },
      }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED'],
  },
  {
    name: 'a comparison that has failed for long',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        status: {
          sync: { status: 'Unknown', revision: 'main' },
          conditions: [
            {
              type: 'ComparisonError',
              message: 'Failed to load target state',
              lastTransitionTime: ago(600),
            },
          ],
        },
      }),
    state: 'degraded',
    codes: ['SYNC_FAILED'],
  },
  {
    name: 'an Application that is being deleted',
    hold: (tenant, commits) => changed(healthy(tenant, commits), { deletionTimestamp: ago(400) }),
    state: 'drifted',
    codes: ['APPLICATION_DELETING'],
  },
  {
    name: 'an Application that Argo CD is told to skip, and Git ahead',
    hold: (tenant, { old }) =>
      changed(
        { applications: [applicationOf(tenant, old)], pods: pods(tenant, 'sha-1') },
        { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
      ),
    state: 'progressing',
    codes: ['RECONCILE_SKIPPED'],
    synced: 'sha-1',
  },
  {
    name: 'settings that have changed long ago',
    hold: (tenant, { head, bumped }) => ({
      applications: [applicationOf(tenant, head, { status: outOfSync(head, bumped) })],
      files: { [tenantPath(tenant)]: `${tenantFile(tenant, 'sha-2')}replicas: 3\n` },
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'drifted',
    codes: ['GIT_AHEAD'],
    text: /Git has changed settings/,
  },
];
