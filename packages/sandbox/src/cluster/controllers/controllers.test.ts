import { kinds, resourceOfKind } from '../model/resources';
import { Deployment } from '../model/workloads';
import { FakeCluster, deploymentDraft, writer } from '../testing/fakeCluster';

let cluster: FakeCluster;
beforeEach(() => {
  cluster = new FakeCluster();
});

const condition = (deployment: Deployment, type: string) =>
  deployment.status?.conditions?.find(item => item.type === type);

describe('deployments', () => {
  it('have a set of pods that are bound to the node and carry the hash of their template', () => {
    cluster.deploy();
    const [set] = cluster.sets;
    const hash = set.metadata.labels?.['pod-template-hash'];
    expect(set.metadata.name).toBe(`web-${hash}`);
    expect(hash).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{6,10}$/);
    expect(cluster.pods).toHaveLength(2);
    for (const pod of cluster.pods) {
      expect(pod.metadata.labels).toEqual({ app: 'web', 'pod-template-hash': hash });
      expect(pod.metadata.generation).toBe(1);
      expect(pod.spec.nodeName).toBe('node');
      expect(cluster.eventMessages(pod)).toEqual([
        `Scheduled: Successfully assigned shop/${pod.metadata.name} to node`,
      ]);
    }
    expect(condition(cluster.deployment, 'Available')?.status).toBe('False');
    cluster.setReady(cluster.pods);
    expect(cluster.deployment.status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
    });
    expect(condition(cluster.deployment, 'Available')?.status).toBe('True');
    expect(condition(cluster.deployment, 'Progressing')).toMatchObject({
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${set.metadata.name}" has successfully progressed.`,
    });
    expect(cluster.errors).toEqual([]);
  });

  it('roll over to a new template pod by pod, and back to an old set by a new revision', () => {
    cluster.deploy(
      deploymentDraft({ strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }),
    );
    cluster.setReady(cluster.pods);
    cluster.changeImage('example.com/web:2');
    expect(cluster.deployment.metadata.generation).toBe(2);
    expect(cluster.podsOf('example.com/web:1')).toHaveLength(2);
    expect(cluster.podsOf('example.com/web:2')).toHaveLength(1);
    for (let step = 0; step < 3; step += 1) {
      cluster.setReady(cluster.podsOf('example.com/web:2'));
      cluster.finishEnding();
    }
    expect(cluster.podsOf('example.com/web:1')).toEqual([]);
    expect(cluster.podsOf('example.com/web:2')).toHaveLength(2);
    const revisions = () =>
      cluster.sets
        .map(set => [
          set.spec.template.spec.containers[0].image,
          set.metadata.annotations?.['deployment.kubernetes.io/revision'],
        ])
        .sort();
    expect(revisions()).toEqual([
      ['example.com/web:1', '1'],
      ['example.com/web:2', '2'],
    ]);
    cluster.changeImage('example.com/web:1');
    expect(cluster.sets).toHaveLength(2);
    expect(revisions()).toEqual([
      ['example.com/web:1', '3'],
      ['example.com/web:2', '2'],
    ]);
    expect(cluster.deployment.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
    });
  });

  it('keep the old pods while new ones do not come up, and say so after the deadline', () => {
    cluster.deploy(deploymentDraft({ progressDeadlineSeconds: 60 }));
    cluster.setReady(cluster.pods);
    cluster.changeImage('example.com/web:broken');
    cluster.clock.advance(50_000);
    expect(condition(cluster.deployment, 'Progressing')?.status).toBe('True');
    cluster.clock.advance(15_000);
    expect(condition(cluster.deployment, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(condition(cluster.deployment, 'Available')?.status).toBe('True');
    expect(cluster.podsOf('example.com/web:1')).toHaveLength(2);
  });

  it('make up for a pod that is gone, and follow scaling', () => {
    cluster.deploy();
    cluster.setReady(cluster.pods);
    const [first] = cluster.pods;
    cluster.objects.delete(kinds.pod, 'shop', first.metadata.name);
    cluster.settle();
    expect(cluster.pods).toHaveLength(2);
    expect(cluster.pods.map(pod => pod.metadata.name)).not.toContain(first.metadata.name);
    cluster.change({ replicas: 0 });
    expect(cluster.pods).toEqual([]);
    expect(cluster.eventMessages(cluster.deployment)).toEqual([
      expect.stringMatching(/^ScalingReplicaSet: Scaled up replica set web-\w+ from 0 to 2$/),
      expect.stringMatching(/^ScalingReplicaSet: Scaled down replica set web-\w+ from 2 to 0$/),
    ]);
  });

  it('count a pod as available only after minReadySeconds', () => {
    cluster.deploy(deploymentDraft({ minReadySeconds: 30 }));
    cluster.setReady(cluster.pods);
    expect(cluster.deployment.status?.availableReplicas).toBeUndefined();
    cluster.clock.advance(31_000);
    expect(cluster.deployment.status?.availableReplicas).toBe(2);
  });

  it('keep only so many old sets', () => {
    cluster.deploy(deploymentDraft({ revisionHistoryLimit: 1 }));
    for (const tag of ['2', '3', '4']) {
      cluster.changeImage(`example.com/web:${tag}`);
      for (let step = 0; step < 4; step += 1) {
        cluster.setReady(cluster.pods);
        cluster.finishEnding();
      }
    }
    expect(cluster.sets.map(set => set.spec.template.spec.containers[0].image).sort()).toEqual([
      'example.com/web:3',
      'example.com/web:4',
    ]);
  });

  it('wait for their service account, with an event that says why', () => {
    const draft = deploymentDraft();
    const { spec } = draft as unknown as { spec: { template: { spec: object } } };
    spec.template.spec = { ...spec.template.spec, serviceAccountName: 'robot' };
    cluster.deploy(draft);
    expect(cluster.pods).toEqual([]);
    expect(cluster.eventMessages(cluster.sets[0])).toEqual([
      expect.stringContaining(
        'is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found',
      ),
    ]);
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot', namespace: 'shop' },
    };
    cluster.objects.create(kinds.serviceAccount, account, writer);
    cluster.clock.advance(6000);
    expect(cluster.pods).toHaveLength(2);
  });
});

describe('services', () => {
  it('have an endpoint slice with the pods that they select', () => {
    cluster.deploy();
    cluster.setReady(cluster.pods.slice(0, 1));
    cluster.objects.create(
      kinds.service,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { selector: { app: 'web' }, ports: [{ port: 8000, targetPort: 'http' }] },
      },
      writer,
    );
    cluster.settle();
    const service = cluster.objects.get(kinds.service, 'shop', 'web');
    expect(service.spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\./),
      type: 'ClusterIP',
    });
    const slices = cluster.store.list(kinds.endpointSlice, 'shop');
    expect(slices).toHaveLength(1);
    expect(slices[0]).toMatchObject({
      endpoints: [{ addresses: ['10.244.0.9'], conditions: { ready: true } }],
      ports: [{ port: 80, protocol: 'TCP' }],
    });
    cluster.objects.delete(kinds.service, 'shop', 'web');
    cluster.settle();
    expect(cluster.store.list(kinds.endpointSlice, 'shop')).toEqual([]);
  });
});

describe('deletion', () => {
  it('takes the dependents along', () => {
    cluster.deploy();
    cluster.objects.delete(kinds.deployment, 'shop', 'web');
    cluster.settle();
    cluster.finishEnding();
    expect(cluster.sets).toEqual([]);
    expect(cluster.store.list(kinds.pod, 'shop')).toEqual([]);
    expect(cluster.errors).toEqual([]);
  });

  it('in the foreground ends with the owner', () => {
    cluster.deploy();
    cluster.objects.delete(kinds.deployment, 'shop', 'web', { propagationPolicy: 'Foreground' });
    cluster.settle();
    expect(cluster.deployment.metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(cluster.pods).toEqual([]);
    expect(cluster.sets).toHaveLength(1);
    cluster.finishEnding();
    cluster.settle();
    expect(cluster.store.list(kinds.deployment)).toEqual([]);
    expect(cluster.sets).toEqual([]);
  });

  it('that orphans leaves the dependents', () => {
    cluster.deploy();
    cluster.objects.delete(kinds.deployment, 'shop', 'web', { propagationPolicy: 'Orphan' });
    cluster.settle();
    expect(cluster.store.list(kinds.deployment)).toEqual([]);
    expect(cluster.sets.map(set => set.metadata.ownerReferences)).toEqual([[]]);
    expect(cluster.pods).toHaveLength(2);
  });

  it('of a namespace keeps it terminating until it is empty, and lets nothing in', () => {
    cluster.deploy();
    cluster.objects.delete(kinds.namespace, undefined, 'shop');
    cluster.settle();
    const ending = cluster.objects.get(kinds.namespace, undefined, 'shop');
    expect(ending.status).toEqual({ phase: 'Terminating' });
    expect(() => cluster.objects.create(kinds.deployment, deploymentDraft(), writer)).toThrow(
      expect.objectContaining({
        code: 403,
        message: expect.stringContaining('because it is being terminated'),
      }),
    );
    cluster.finishEnding();
    cluster.clock.advance(1000);
    expect(cluster.store.get(kinds.namespace, undefined, 'shop')).toBeUndefined();
    expect(
      cluster.store.content().objects.filter(item => item.metadata.namespace === 'shop'),
    ).toEqual([]);
  });

  it('waits for finalizers', () => {
    const application = resourceOfKind('argoproj.io/v1alpha1', 'Application')!;
    cluster.objects.create(
      application,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          name: 'a',
          namespace: 'shop',
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
      },
      writer,
    );
    expect(cluster.objects.delete(application, 'shop', 'a').gone).toBe(false);
    cluster.objects.modify(
      application,
      'shop',
      'a',
      object => ({ ...object, metadata: { ...object.metadata, finalizers: undefined } }),
      writer,
    );
    expect(cluster.store.get(application, 'shop', 'a')).toBeUndefined();
  });
});

it('brings a deleted default service account back', () => {
  cluster.objects.delete(kinds.serviceAccount, 'shop', 'default');
  cluster.settle();
  expect(cluster.store.get(kinds.serviceAccount, 'shop', 'default')).toBeDefined();
});
