import pods from './__fixtures__/pods.json';
import { toPodRecord } from './PodRecord';
import { podListSchema, readPod, type KubernetesPod } from './podSchema';

// The fixtures are answers of a real Kubernetes 1.36.4: a pod that runs, and one without image.
const [running, withoutImage] = podListSchema
  .parse(pods)
  .items.map(item => readPod(item)!.pod)
  .map(pod => ({
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: {
        'tenant-releases.io/tenant': pod.metadata.namespace,
        'tenant-releases.io/service': 'web',
      },
    },
  }));

const changed = (more: Partial<KubernetesPod['metadata']>): KubernetesPod => ({
  ...running,
  metadata: { ...running.metadata, ...more },
});
const record = (pod: KubernetesPod) => toPodRecord({ pod, unreadable: [] });

describe('toPodRecord', () => {
  it('reduces a pod that runs', () => {
    expect(record(running)).toEqual({
      name: 'web-57488586cc-5gtqs',
      namespace: 'smoke',
      tenant: 'smoke',
      service: 'web',
      containers: [expect.objectContaining({ image: expect.stringMatching(/:1\.1\.0$/) })],
      ready: true,
      startedAt: '2026-11-23T03:34:40Z',
      readySince: '2026-11-23T03:34:40Z',
      counts: true,
      unreadable: [],
    });
  });

  it('tells why a pod does not run', () => {
    expect(record(withoutImage)).toMatchObject({
      containers: [
        { image: expect.stringMatching(/:1\.2\.0-missing$/), waiting: 'ImagePullBackOff' },
      ],
      ready: false,
      counts: true,
    });
    expect(record(withoutImage)).not.toHaveProperty('readySince');
  });

  it.each<[string, object[], object]>([
    [
      'ready',
      [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-23T03:40:00Z' }],
      { readySince: '2026-11-23T03:40:00Z', unreadySince: undefined },
    ],
    [
      'not ready',
      [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-11-23T03:40:00Z' }],
      { readySince: undefined, unreadySince: '2026-11-23T03:40:00Z' },
    ],
    [
      'on a node that is lost',
      [{ type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-11-23T03:40:00Z' }],
      { readySince: undefined, unreadySince: '2026-11-23T03:40:00Z' },
    ],
    [
      'not looked at yet',
      [{ type: 'PodScheduled', status: 'False', lastTransitionTime: '2026-11-23T03:40:00Z' }],
      { readySince: undefined, unreadySince: undefined },
    ],
  ])('tells since when a pod is %s', (_, conditions, expected) => {
    const { readySince, unreadySince } = record({ ...running, status: { conditions } })!;
    expect({ readySince, unreadySince }).toEqual(expected);
  });

  it.each([
    ['without labels', { labels: undefined }],
    ['without service', { labels: { 'tenant-releases.io/tenant': 'smoke' } }],
    ['without tenant', { labels: { 'tenant-releases.io/service': 'web' } }],
  ])('leaves out a pod %s', (_, metadata) => {
    expect(record(changed(metadata as object))).toBeUndefined();
  });

  it('keeps the namespace beside the label, which alone makes no pod the tenant’s', () => {
    const labels = { ...running.metadata.labels, 'tenant-releases.io/tenant': 'globex' };
    expect(record(changed({ labels }))).toMatchObject({ tenant: 'globex', namespace: 'smoke' });
  });

  it.each<[string, KubernetesPod]>([
    ['is being deleted', changed({ deletionTimestamp: '2026-11-23T03:40:00Z' })],
    ['has failed', { ...running, status: { ...running.status, phase: 'Failed' } }],
    ['has come to its end', { ...running, status: { ...running.status, phase: 'Succeeded' } }],
    ['belongs to a Job', changed({ ownerReferences: [{ kind: 'Job' }] })],
    ['is a hook of Argo CD', changed({ annotations: { 'argocd.argoproj.io/hook': 'PreSync' } })],
    ['is a hook of Helm', changed({ annotations: { 'helm.sh/hook': 'test' } })],
  ])('does not count a pod that %s', (_, pod) => {
    expect(record(pod)?.counts).toBe(false);
  });

  it('names for each container what holds it back', () => {
    const pod: KubernetesPod = {
      ...running,
      spec: {
        containers: [
          { name: 'proxy', image: 'proxy:9' },
          { name: 'web', image: 'web:2' },
        ],
      },
      status: {
        containerStatuses: [
          { name: 'web', state: { waiting: { reason: 'PodInitializing' } } },
          { name: 'proxy', state: { waiting: { reason: 'CrashLoopBackOff' } } },
        ],
        initContainerStatuses: [
          { name: 'first', image: 'first:1', state: {} },
          { name: 'init', image: 'init:1', state: { waiting: { reason: 'ErrImagePull' } } },
          { name: 'last', image: 'last:1', state: { waiting: { reason: 'PodInitializing' } } },
        ],
      },
    };
    expect(record(pod)).toMatchObject({
      containers: [
        { name: 'proxy', image: 'proxy:9', waiting: 'CrashLoopBackOff' },
        { name: 'web', image: 'web:2', waiting: 'ErrImagePull', waitingImage: 'init:1' },
      ],
      ready: false,
    });
    expect(record(pod)!.containers[0]).not.toHaveProperty('waitingImage');
  });
});
