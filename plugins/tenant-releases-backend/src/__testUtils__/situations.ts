import type { ReleaseState } from '@internal/plugin-tenant-releases-common';
import { ago, applicationOf, managed, operation, podOf, repoURL, treePod } from './objects';
import type { ApplicationAnswers } from './TestFleet';

/** Commits that situations refer to. */
export interface Commits {
  /** Every tenant is at `sha-1`. */
  old: string;
  /** Every tenant is at `sha-2`. */
  bumped: string;
  /** As before, with a change that concerns nobody. */
  head: string;
}

/** What the upstreams hold of one tenant. */
export interface Held {
  applications: object[];
  /** By `namespace/name` of the Application. */
  answers?: Record<string, ApplicationAnswers>;
  pods?: object[];
  /** Further files at the head of the branch. */
  files?: Record<string, string>;
}

/** A situation that real installations are in, and what the portal has to say of it. */
export interface Situation {
  name: string;
  hold(tenant: string, commits: Commits): Held;
  state: ReleaseState;
  codes: string[];
  desired?: string;
  synced?: string;
  /** `version pods/ready`, with `*` for a canary. */
  running?: string[];
  /** What a reason has to tell. */
  text?: RegExp;
}

const image = (version: string, registry = 'ghcr.io') => `${registry}/acme/demo-api:${version}`;
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const pods = (tenant: string, ...versions: string[]) =>
  versions.map((version, index) => podOf(tenant, `demo-api-${index}`, image(version)));
const synced = ['sha-2 2/2'];

/** An Application that is in sync with the head, and two pods that run it. */
function healthy(tenant: string, { head }: Commits, more: object = {}): Held {
  return {
    applications: [applicationOf(tenant, head, more)],
    pods: pods(tenant, 'sha-2', 'sha-2'),
  };
}

const source = (tenant: string, more: object) => ({
  source: {
    repoURL,
    path: 'charts/tenant',
    targetRevision: 'main',
    helm: { valueFiles: [`/gitops/tenants/${tenant}-values.yaml`] },
    ...more,
  },
});
const helm = (tenant: string, more: object) =>
  source(tenant, { helm: { valueFiles: [`/gitops/tenants/${tenant}-values.yaml`], ...more } });
const chartFromRegistry = (tenant: string) => ({
  source: undefined,
  sources: [
    {
      repoURL: 'registry.example.com/charts',
      chart: 'demo-api',
      targetRevision: '6.33.0',
      helm: { valueFiles: [`$values/gitops/tenants/${tenant}-values.yaml`] },
    },
    { repoURL: 'git@git.example.com:acme/platform.git', targetRevision: 'main', ref: 'values' },
  ],
});
const revisions = (revision: string, first = '6.33.0') => ({
  sync: { status: 'Synced', revisions: [first, revision] },
  operationState: operation('Succeeded', '', {
    operation: { sync: { revisions: [first, revision] } },
    syncResult: { revisions: [first, revision] },
  }),
});
const outOfSync = (revision: string, last: string, more: object = {}) => ({
  sync: { status: 'OutOfSync', revision },
  operationState: operation('Succeeded', last),
  ...more,
});
const nobody = { syncPolicy: {} };
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

/** Situations of every kind. All tenants are to be at `sha-2`. */
export const situations: Situation[] = [
  { name: 'in sync', hold: healthy, state: 'in-sync', codes: [], synced: 'sha-2', running: synced },
  {
    name: 'a destination that is no address',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: { destination: { server: '{{.server}}', namespace: tenant } },
      }),
    state: 'degraded',
    codes: ['DESTINATION_UNKNOWN'],
    text: /not a cluster that Argo CD knows/,
  },
  {
    name: 'a cluster that Argo CD does not know, with a password in its address',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: {
          destination: { server: 'https://admin:hunter2@k8s.example.com', namespace: tenant },
        },
        status: {
          sync: { status: 'Unknown', revision: '' },
          conditions: [
            {
              type: 'InvalidSpecError',
              message:
                'there are no clusters with this name: unable to find destination server https://admin:hunter2@k8s.example.com',
            },
          ],
        },
      }),
    state: 'degraded',
    codes: ['DESTINATION_UNKNOWN'],
  },
  {
    name: 'chart from a registry, values from Git, half of the pods old',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, { spec: chartFromRegistry(tenant), status: revisions(head) }),
      ],
      pods: pods(tenant, 'sha-2', 'sha-1'),
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
    synced: 'sha-2',
    running: ['sha-2 1/1', 'sha-1 1/1'],
  },
  {
    name: 'chart from a registry, values from Git',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: chartFromRegistry(tenant),
        status: revisions(commits.head),
      }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'chart pinned at an older commit of the same repository',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: {
          source: undefined,
          sources: [
            {
              repoURL,
              path: 'charts/tenant',
              targetRevision: commits.old,
              helm: { valueFiles: [`$values/gitops/tenants/${tenant}-values.yaml`] },
            },
            { repoURL, targetRevision: 'HEAD', ref: 'values' },
          ],
        },
        status: revisions(commits.head, commits.old),
      }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'a parameter over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, { parameters: [{ name: 'image.tag', value: 'sha-9' }] }),
        }),
      ],
      pods: pods(tenant, 'sha-9'),
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    desired: 'sha-2',
    synced: 'sha-9',
    running: ['sha-9 1/1'],
    text: /overrides the version with sha-9 \(helm\.parameters\); the tenant file says sha-2/,
  },
  {
    name: 'valuesObject over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, {
            valuesObject: { image: { tag: 'sha-9' } },
            values: 'image: {tag: x}',
          }),
        }),
      ],
      pods: pods(tenant, 'sha-9'),
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
  },
  {
    name: 'an image of kustomize over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: source(tenant, { kustomize: { images: ['ghcr.io/acme/demo-api:sha-9'] } }),
        }),
      ],
      pods: pods(tenant, 'sha-9'),
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
  },
  {
    name: 'a file of the Image Updater beside the chart',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: pods(tenant, 'sha-9'),
      files: {
        [`charts/tenant/.argocd-source-${tenant}.yaml`]:
          'helm:\n  parameters:\n    - name: image.tag\n      value: sha-9\n      forcestring: true\n',
      },
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
    text: /\.argocd-source-/,
  },
  {
    name: 'an override that says the same as the file',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: helm(tenant, { parameters: [{ name: 'image.tag', value: 'sha-2' }] }),
      }),
    state: 'in-sync',
    codes: ['OVERRIDDEN'],
  },
  {
    name: 'another branch',
    hold: (tenant, { old }) => ({
      applications: [
        applicationOf(tenant, old, { spec: source(tenant, { targetRevision: 'stable' }) }),
      ],
      pods: pods(tenant, 'sha-1'),
    }),
    state: 'in-sync',
    codes: ['FOLLOWS_OTHER_REVISION'],
    desired: 'sha-1',
    synced: 'sha-1',
    text: /follows stable, not main/,
  },
  {
    name: 'a pinned commit, and pods that run something else',
    hold: (tenant, { old }) => ({
      applications: [applicationOf(tenant, old, { spec: source(tenant, { targetRevision: old }) })],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS', 'FOLLOWS_OTHER_REVISION'],
    desired: 'sha-1',
  },
  {
    name: 'HEAD, which is the branch',
    hold: (tenant, commits) =>
      healthy(tenant, commits, { spec: source(tenant, { targetRevision: 'HEAD' }) }),
    state: 'in-sync',
    codes: [],
  },
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
    name: 'scaled to zero',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: { managed: { items: [managed('Deployment', { replicas: 0 })] } },
      },
    }),
    state: 'in-sync',
    codes: ['SCALED_TO_ZERO'],
    running: [],
  },
  {
    name: 'scaled to zero, as far as Argo CD tells',
    hold: (tenant, { head }) => ({ applications: [applicationOf(tenant, head)] }),
    state: 'in-sync',
    codes: ['SCALED_TO_ZERO'],
  },
  {
    name: 'a CronJob between two runs',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: { [`argocd/${tenant}`]: { managed: { items: [managed('CronJob', {})] } } },
    }),
    state: 'in-sync',
    codes: ['BETWEEN_RUNS'],
  },
  {
    name: 'pods that are wanted and not there',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: { managed: { items: [managed('StatefulSet', { replicas: 2 })] } },
      },
    }),
    state: 'degraded',
    codes: ['NO_PODS'],
  },
  {
    name: 'the same name twice',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const copy = applicationOf(tenant, commits.old, {
        namespace: `${tenant}-apps`,
        spec: { destination: { name: 'in-cluster', namespace: 'scratch' } },
        status: { health: { status: 'Degraded' } },
      });
      return { ...held, applications: [...applications, copy] };
    },
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'an Application of that name that deploys elsewhere',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: { destination: { name: 'in-cluster', namespace: 'scratch' } },
        }),
      ],
      pods: pods(tenant, 'sha-2'),
    }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /namespace that is not the tenant/,
  },
  {
    name: 'an Application of that name in another project',
    hold: (tenant, commits) => healthy(tenant, commits, { spec: { project: 'sandbox' } }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /project that is not the tenant/,
  },
  {
    name: 'an Application of that name that reads the file of another tenant',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: source(tenant, { helm: { valueFiles: ['/gitops/tenants/other-values.yaml'] } }),
      }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
    text: /does not read the tenant file/,
  },
  {
    name: 'an Application of that name from another repository',
    hold: (tenant, commits) =>
      healthy(tenant, commits, {
        spec: source(tenant, { repoURL: 'https://git.example.com/acme/fork' }),
      }),
    state: 'unknown',
    codes: ['APPLICATION_MISMATCH'],
  },
  {
    name: 'an Application that is called otherwise',
    hold: (tenant, commits) => healthy(tenant, commits, { name: `prod-eu-${tenant}-demo-api` }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'an Application in another namespace than Argo CD’s own',
    hold: (tenant, commits) => healthy(tenant, commits, { namespace: `${tenant}-apps` }),
    state: 'in-sync',
    codes: [],
    synced: 'sha-2',
  },
  {
    name: 'two Applications that deploy the tenant',
    hold: (tenant, commits) => {
      const { applications, ...held } = healthy(tenant, commits);
      const second = applicationOf(tenant, commits.head, { name: `${tenant}-again` });
      return { ...held, applications: [...applications, second] };
    },
    state: 'unknown',
    codes: ['APPLICATION_AMBIGUOUS'],
  },
  {
    name: 'a sidecar in front, and the container called otherwise',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        podOf(tenant, 'p', '', {
          containers: [
            { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.24.2' },
            { name: 'app', image: image('sha-2', 'mirror.example.com:5000/ghcr') },
          ],
        }),
      ],
    }),
    state: 'in-sync',
    codes: [],
    running: ['sha-2 1/1'],
  },
  {
    name: 'an image by digest alone, which another pod pulled by tag',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        podOf(tenant, 'p', `ghcr.io/acme/demo-api@${digest('a')}`),
        podOf(tenant, 'q', image('sha-2'), {
          containerStatuses: [
            { name: 'demo-api', ready: true, imageID: `ghcr.io/acme/demo-api@${digest('a')}` },
          ],
        }),
      ],
    }),
    state: 'in-sync',
    codes: [],
    running: ['sha-2 2/2'],
  },
  {
    name: 'an image by a digest that nobody knows',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [podOf(tenant, 'p', `ghcr.io/acme/demo-api@${digest('b')}`)],
    }),
    state: 'unknown',
    codes: ['PODS_INVALID'],
    running: ['unknown 1/1'],
  },
  {
    name: 'pods of Jobs and hooks beside those of the release',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        ...pods(tenant, 'sha-2'),
        podOf(tenant, 'migrate', image('sha-1'), { ownerReferences: [{ kind: 'Job' }] }),
        podOf(tenant, 'hook', image('sha-0'), {
          annotations: { 'argocd.argoproj.io/hook': 'PostSync' },
        }),
      ],
    }),
    state: 'in-sync',
    codes: [],
    running: ['sha-2 1/1'],
  },
  {
    name: 'pods with labels of their own, which Argo CD tells of',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [podOf(tenant, 'p', image('sha-2'), { labels: { 'app.kubernetes.io/name': 'x' } })],
      answers: {
        [`argocd/${tenant}`]: {
          tree: { nodes: [treePod(image('sha-2')), treePod('docker.io/library/redis:7')] },
          managed: { items: [managed('Deployment', { replicas: 1 })] },
        },
      },
    }),
    state: 'in-sync',
    codes: [],
    running: ['sha-2 1/1'],
  },
  {
    name: 'pods with labels of their own that run something else',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: {
          tree: { nodes: [treePod(image('sha-1'))] },
          managed: { items: [managed('Deployment', { replicas: 1 })] },
        },
      },
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
    running: ['sha-1 1/1'],
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
  {
    name: 'no Application',
    hold: tenant => ({ applications: [], pods: pods(tenant, 'sha-2') }),
    state: 'drifted',
    codes: ['NOT_DEPLOYED'],
  },
  {
    name: 'pods of another namespace with the tenant’s label',
    hold: (tenant, commits) => {
      const { pods: own = [], ...held } = healthy(tenant, commits);
      const foreign = podOf(tenant, 'foreign', image('sha-0'), { namespace: 'elsewhere' });
      return { ...held, pods: [...own, foreign] };
    },
    state: 'in-sync',
    codes: [],
    running: synced,
  },
];
