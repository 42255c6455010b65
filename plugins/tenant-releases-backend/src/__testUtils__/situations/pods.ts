import { applicationOf, managed, podOf, treePod } from '../objects';
import { image, pods, synced, template, type Situation } from './Situation';

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
    name: 'a pod that has lost its readiness a moment ago',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        ...pods(tenant, 'sha-2'),
        podOf(tenant, 'p', image('sha-2'), { ready: false, readyFor: 3 }),
      ],
    }),
    state: 'progressing',
    codes: ['ROLLING_OUT'],
    running: ['sha-2 2/1'],
    text: /1 of 2 pods are ready/,
  },
  {
    name: 'an init container whose image is not there',
    hold: (tenant, { head }) => ({
      applications: [
        applicationOf(tenant, head, { status: { health: { status: 'Progressing' } } }),
      ],
      pods: [
        podOf(tenant, 'p', image('sha-2'), {
          ready: false,
          age: 100,
          containerStatuses: [
            { name: 'demo-api', state: { waiting: { reason: 'PodInitializing' } } },
          ],
          status: {
            phase: 'Pending',
            initContainerStatuses: [
              {
                name: 'wait',
                image: 'busybox:nope',
                state: { waiting: { reason: 'ImagePullBackOff' } },
              },
            ],
          },
        }),
      ],
    }),
    state: 'degraded',
    codes: ['IMAGE_PULL'],
    text: /the image busybox:nope is not in the registry/,
  },
  {
    name: 'a second container of the image at another version',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        podOf(tenant, 'p', '', {
          containers: [
            { name: 'demo-api', image: image('sha-2') },
            { name: 'worker', image: image('sha-1') },
          ],
        }),
      ],
    }),
    state: 'drifted',
    codes: ['IMAGE_DIFFERS'],
    running: ['sha-2 1/1'],
    text: /run sha-1 instead of sha-2 in one of their containers/,
  },
  {
    name: 'a database that carries the labels of the service',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      pods: [
        ...pods(tenant, 'sha-2', 'sha-2'),
        podOf(tenant, 'redis', '', { containers: [{ name: 'redis', image: 'redis:7' }] }),
      ],
    }),
    state: 'in-sync',
    codes: [],
    running: synced,
  },
  {
    name: 'scaled to zero beside a database',
    hold: (tenant, { head }) => ({
      applications: [applicationOf(tenant, head)],
      answers: {
        [`argocd/${tenant}`]: {
          managed: {
            items: [
              managed('Deployment', { replicas: 0, ...template(image('sha-2')) }),
              managed('StatefulSet', { replicas: 1, ...template('redis:7') }),
            ],
          },
          tree: { nodes: [treePod('redis:7')] },
        },
      },
    }),
    state: 'in-sync',
    codes: ['SCALED_TO_ZERO'],
    running: [],
  },
];
