import { kinds } from '../model/resources';
import { FakeCluster, deploymentDraft, writer } from '../testing/fakeCluster';
import { withinBounds } from './autoscalerController';

const autoscaler = (minReplicas: number, maxReplicas: number) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas,
    maxReplicas,
  },
});

describe('withinBounds', () => {
  it.each([
    [1, 2],
    [2, 2],
    [4, 4],
    [6, 6],
    [9, 6],
    [0, 0],
  ])('makes of %i pods %i', (replicas, expected) => {
    const spec = { ...autoscaler(2, 6).spec };
    expect(withinBounds(replicas, spec)).toBe(expected);
  });
});

describe('autoscalers', () => {
  let cluster: FakeCluster;
  beforeEach(() => {
    cluster = new FakeCluster();
  });
  const create = (minReplicas: number, maxReplicas: number) => {
    cluster.objects.create(kinds.autoscaler, autoscaler(minReplicas, maxReplicas), writer);
    cluster.settle();
  };
  const status = () => cluster.objects.get(kinds.autoscaler, 'shop', 'web').status as any;

  it('bring a deployment that names no number to their least, and leave one between the bounds alone', () => {
    create(2, 6);
    cluster.deploy(deploymentDraft({ replicas: undefined }));
    expect(cluster.deployment.spec.replicas).toBe(2);
    expect(cluster.pods).toHaveLength(2);
    cluster.change({ replicas: 4 });
    expect(cluster.deployment.spec.replicas).toBe(4);
    cluster.change({ replicas: 20 });
    expect(cluster.deployment.spec.replicas).toBe(6);
    expect(cluster.errors).toEqual([]);
  });

  it('say that they can scale and that no load is measured', () => {
    cluster.deploy();
    create(2, 6);
    expect(status()).toMatchObject({
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: [
        { type: 'AbleToScale', status: 'True' },
        { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled' },
      ],
    });
  });

  it('say that their target is not there, until it is', () => {
    create(2, 6);
    expect(status().conditions[0]).toMatchObject({ status: 'False', reason: 'FailedGetScale' });
    cluster.deploy();
    expect(status().conditions[0]).toMatchObject({ status: 'True' });
  });
});
