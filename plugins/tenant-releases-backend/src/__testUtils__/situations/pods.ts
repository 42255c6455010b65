import { applicationOf, managed, podOf, treePod } from '../objects';
import { image, pods, type Situation } from './Situation';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** What the pods run. */
export const podSituations: Situation[] = [
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
];
