import { applicationOf, operation, podOf, repoURL } from '../objects';
import { healthy, image, pods, source, type Situation } from './Situation';

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

const digest = `sha256:${'a'.repeat(64)}`;
const imageUpdater = (tenant: string) => ({
  [`charts/tenant/.argocd-source-${tenant}.yaml`]:
    'helm:\n  parameters:\n    - name: image.tag\n      value: sha-9\n',
});

/** What an Application reads, and what it sets over that. */
export const sourceSituations: Situation[] = [
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
    name: 'a parameter over the file, with a digest behind the tag',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, { parameters: [{ name: 'image.tag', value: `sha-9@${digest}` }] }),
        }),
      ],
      pods: [podOf(tenant, 'p', `${image('sha-9')}@${digest}`)],
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
    running: ['sha-9 1/1'],
  },
  {
    name: 'a parameter that says the same with a digest behind it',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, { parameters: [{ name: 'image.tag', value: `sha-2@${digest}` }] }),
        }),
      ],
      pods: [podOf(tenant, 'p', `${image('sha-2')}@${digest}`)],
    }),
    state: 'in-sync',
    codes: ['OVERRIDDEN'],
    synced: 'sha-2',
  },
  {
    name: 'another repository over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, {
            parameters: [{ name: 'image.repository', value: 'docker.io/fork/demo-api' }],
          }),
        }),
      ],
      pods: [podOf(tenant, 'p', 'docker.io/fork/demo-api:sha-2')],
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    text: /overrides image\.repository with docker\.io\/fork\/demo-api \(helm\.parameters\)/,
  },
  {
    name: 'another digest over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, { valuesObject: { image: { digest } } }),
        }),
      ],
      pods: [podOf(tenant, 'p', `${image('sha-2')}@${digest}`)],
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    text: /overrides image\.digest with sha256:a+ \(helm\.valuesObject\)/,
  },
  {
    name: 'another name by kustomize over the file',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: source(tenant, {
            kustomize: { images: ['ghcr.io/acme/demo-api=docker.io/fork/demo-api'] },
          }),
        }),
      ],
      pods: [podOf(tenant, 'p', 'docker.io/fork/demo-api:sha-2')],
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
  },
  {
    name: 'a file of the Image Updater, where Argo CD runs in another namespace',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head, { namespace: 'openshift-gitops' })],
      pods: pods(tenant, 'sha-9'),
      files: imageUpdater(tenant),
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
  },
  {
    name: 'a file of the Image Updater beside a chart of several sources',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: {
            source: undefined,
            sources: [
              {
                repoURL,
                path: 'charts/tenant',
                targetRevision: 'main',
                helm: { valueFiles: [`$values/gitops/tenants/${tenant}-values.yaml`] },
              },
              { repoURL, targetRevision: 'main', ref: 'values' },
            ],
          },
          status: revisions(head, head),
        }),
      ],
      pods: pods(tenant, 'sha-9'),
      files: imageUpdater(tenant),
    }),
    state: 'held',
    codes: ['OVERRIDDEN'],
    synced: 'sha-9',
  },
  {
    name: 'a file behind the tenant’s that sets the version',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: helm(tenant, {
            valueFiles: [`/gitops/tenants/${tenant}-values.yaml`, '/gitops/pins/all.yaml'],
          }),
        }),
      ],
      files: { 'gitops/pins/all.yaml': 'image: {tag: sha-9}\n' },
      pods: pods(tenant, 'sha-9', 'sha-9'),
    }),
    state: 'unknown',
    codes: ['OVERRIDDEN'],
    text: /gitops\/pins\/all\.yaml is read after the tenant file/,
  },
];
