import { ago, applicationOf, managed, operation, podOf, treePod } from '../objects';
import { image, type Situation } from './Situation';

const ended = (version: string, reason: string, status = 'Healthy') =>
  treePod(image(version), {
    name: reason.toLowerCase(),
    health: { status },
    info: [
      { name: 'Status Reason', value: reason },
      { name: 'Containers', value: '0/1' },
    ],
  });

/** Pods without the labels that the portal goes by, of which Argo CD's tree tells. */
export const ownLabelSituations: Situation[] = [
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
    name: 'pods with labels of their own that have ended, or are about to',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: {
          tree: {
            nodes: [
              treePod(image('sha-2')),
              ended('sha-1', 'Terminating'),
              ended('sha-2', 'Evicted', 'Degraded'),
              ended('sha-2', 'Completed'),
            ],
          },
          managed: { items: [managed('Deployment', { replicas: 1 })] },
        },
      },
    }),
    state: 'in-sync',
    codes: [],
    running: ['sha-2 1/1'],
  },
  {
    name: 'pods with labels of their own, of which one crashes',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: {
          tree: {
            nodes: [treePod(image('sha-2')), ended('sha-2', 'CrashLoopBackOff', 'Degraded')],
          },
          managed: { items: [managed('Deployment', { replicas: 2 })] },
        },
      },
    }),
    state: 'degraded',
    codes: ['HEALTH_DEGRADED'],
    running: ['sha-2 2/1'],
  },
  {
    name: 'pods with labels of their own, and a sync that failed',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, {
          status: {
            health: { status: 'Degraded', lastTransitionTime: ago(900) },
            operationState: operation('Failed', head, { message: 'hook failed' }),
          },
        }),
      ],
      answers: {
        [`argocd/${tenant}`]: {
          tree: { nodes: [treePod(image('sha-2'))] },
          managed: { items: [managed('Deployment', { replicas: 1 })] },
        },
      },
    }),
    state: 'degraded',
    codes: ['SYNC_FAILED'],
    running: ['sha-2 1/1'],
  },
  {
    name: 'pods with labels of their own of which Argo CD tells nothing, and sync by hand',
    hold: (tenant, { head, old }) => ({
      applications: [
        applicationOf(tenant, head, {
          spec: { syncPolicy: {} },
          status: {
            sync: { status: 'OutOfSync', revision: head },
            operationState: operation('Succeeded', old),
          },
        }),
      ],
    }),
    state: 'progressing',
    codes: ['SYNC_BY_HAND', 'SCALED_TO_ZERO'],
    running: [],
  },
];
