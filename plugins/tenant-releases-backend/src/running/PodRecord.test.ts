import pods from './__fixtures__/pods.json';
import { imageTag, toPodRecord } from './PodRecord';
import { podListSchema, podSchema, type KubernetesPod } from './podSchema';

// The fixtures are answers of a real Kubernetes 1.36.4: a pod that runs, and one without image.
const [running, withoutImage] = podListSchema
  .parse(pods)
  .items.map(item => podSchema.parse(item))
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

describe('toPodRecord', () => {
  it('reduces a pod that runs', () => {
    expect(toPodRecord(running)).toEqual({
      name: 'web-57488586cc-5gtqs',
      tenant: 'smoke',
      service: 'web',
      version: '1.1.0',
      ready: true,
      startedAt: '2026-11-23T03:34:40Z',
      readySince: '2026-11-23T03:34:40Z',
      counts: true,
    });
  });

  it('tells why a pod does not run', () => {
    expect(toPodRecord(withoutImage)).toMatchObject({
      version: '1.2.0-missing',
      ready: false,
      waiting: 'ImagePullBackOff',
      counts: true,
    });
    expect(toPodRecord(withoutImage)).not.toHaveProperty('readySince');
  });

  it.each([
    ['without labels', { labels: undefined }],
    [
      'with a label of another tenant',
      { labels: { ...running.metadata.labels, 'tenant-releases.io/tenant': 'globex' } },
    ],
    ['without service', { labels: { 'tenant-releases.io/tenant': 'smoke' } }],
  ])('leaves out a pod %s', (_, metadata) => {
    expect(toPodRecord(changed(metadata as object))).toBeUndefined();
  });

  it('does not count a pod that is being deleted or has ended', () => {
    const deleted = changed({ deletionTimestamp: '2026-11-23T03:40:00Z' });
    expect(toPodRecord(deleted)?.counts).toBe(false);
    const failed = { ...running, status: { ...running.status, phase: 'Failed' } };
    expect(toPodRecord(failed)?.counts).toBe(false);
  });

  it('looks at the container of the service, and into what holds it back', () => {
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
        initContainerStatuses: [{ name: 'init', state: { waiting: { reason: 'ErrImagePull' } } }],
      },
    };
    expect(toPodRecord(pod)).toMatchObject({ version: '2', waiting: 'ErrImagePull', ready: false });
  });
});

describe('imageTag', () => {
  it.each([
    ['ghcr.io/acme/demo-api:sha-1', 'sha-1'],
    ['localhost:5000/demo-api:sha-1', 'sha-1'],
    ['localhost:5000/demo-api', 'latest'],
    ['demo-api', 'latest'],
    ['demo-api:1.0@sha256:abc', '1.0'],
    ['demo-api@sha256:abc', 'sha256:abc'],
    ['', 'latest'],
  ])('of %j is %s', (image, tag) => {
    expect(imageTag(image)).toBe(tag);
  });
});
