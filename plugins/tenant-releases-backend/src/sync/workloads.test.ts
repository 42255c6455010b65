import { managed, treePod } from '../__testUtils__/objects';
import { managedResourcesSchema, resourceTreeSchema } from './resourceSchemas';
import { workloadFacts } from './workloads';

const facts = (items: object[], nodes: object[] = []) =>
  workloadFacts(resourceTreeSchema.parse({ nodes }), managedResourcesSchema.parse({ items }));
const stateless = (kind: string) => ({ kind, name: 'x', liveState: 'null' });

describe('workloadFacts', () => {
  it('tells nothing of nothing', () => {
    expect(facts([])).toEqual({ pods: [] });
    expect(workloadFacts({}, {})).toEqual({ pods: [] });
    expect(workloadFacts({ nodes: null }, { items: null })).toEqual({ pods: [] });
  });

  it.each<[string, object[], number | undefined]>([
    ['one workload', [managed('Deployment', { replicas: 3 })], 3],
    ['zero', [managed('Deployment', { replicas: 0 })], 0],
    ['Kubernetes’ default', [managed('StatefulSet', {})], 1],
    [
      'several',
      [managed('Deployment', { replicas: 3 }), managed('StatefulSet', { replicas: 2 })],
      5,
    ],
    [
      'a Rollout beside its Deployment',
      [managed('Deployment', { replicas: 0 }), managed('Rollout', { replicas: 4 })],
      4,
    ],
    ['a DaemonSet', [managed('DaemonSet', {}, { desiredNumberScheduled: 7 })], 7],
    [
      'a DaemonSet for which there is no node',
      [managed('DaemonSet', {}, { desiredNumberScheduled: 0 })],
      0,
    ],
    ['a DaemonSet without status', [managed('DaemonSet', {})], undefined],
    ['one that is not there yet', [stateless('Deployment')], undefined],
    [
      'one that is there and one that is not',
      [managed('Deployment', { replicas: 3 }), stateless('StatefulSet')],
      undefined,
    ],
    ['no workload', [managed('Service', { replicas: 3 })], undefined],
    ['a hook', [{ ...managed('Deployment', { replicas: 3 }), hook: true }], undefined],
    ['replicas that are no number', [managed('Deployment', { replicas: 'three' })], 1],
    ['a state that is no JSON', [{ ...managed('Deployment', {}), liveState: '{' }], undefined],
    ['a state that is a text', [{ ...managed('Deployment', {}), liveState: '"x"' }], undefined],
  ])('counts the pods of %s', (_, items, replicas) => {
    const told = facts(items);
    expect([told.replicas, 'replicas' in told]).toEqual([replicas, replicas !== undefined]);
  });

  it('falls back to the normalized state', () => {
    const { normalizedLiveState, ...rest } = managed('Deployment', { replicas: 3 }) as Record<
      string,
      string
    >;
    expect(facts([{ ...rest, liveState: undefined, normalizedLiveState }]).replicas).toBe(3);
    expect(facts([{ ...rest, liveState: '', normalizedLiveState }]).replicas).toBeUndefined();
  });

  it.each<[string, object[], boolean]>([
    ['a CronJob', [managed('CronJob', {})], true],
    ['a Job', [managed('Job', {}), managed('ConfigMap', {})], true],
    ['a CronJob beside a Deployment', [managed('CronJob', {}), managed('Deployment', {})], false],
    ['a hook', [{ ...managed('Job', {}), hook: true }], false],
    ['neither', [managed('ConfigMap', {})], false],
  ])('tells whether it runs now and then: %s', (_, items, expected) => {
    expect(facts(items).isPeriodic).toBe(expected || undefined);
  });

  const canary = { strategy: { canary: { steps: [{}, {}, {}] } } };
  const conditions = { pauseConditions: [{ reason: 'CanaryPauseStep' }] };

  it.each<[string, object, object | undefined]>([
    ['a paused Deployment', managed('Deployment', { paused: true }), { kind: 'Deployment' }],
    ['a CronJob that is suspended', managed('CronJob', { suspend: true }), { kind: 'CronJob' }],
    [
      'a canary at its first step',
      managed('Rollout', canary, { ...conditions, currentStepIndex: 0 }),
      { kind: 'Rollout', step: 1, steps: 3 },
    ],
    [
      'a canary behind its last step',
      managed('Rollout', canary, { ...conditions, currentStepIndex: 3 }),
      { kind: 'Rollout', step: 3, steps: 3 },
    ],
    [
      'a canary without steps',
      managed('Rollout', {}, { ...conditions, currentStepIndex: 0 }),
      { kind: 'Rollout' },
    ],
    [
      'a canary with an empty list of steps',
      managed(
        'Rollout',
        { strategy: { canary: { steps: [] } } },
        { ...conditions, currentStepIndex: 0 },
      ),
      { kind: 'Rollout' },
    ],
    ['a canary that tells no step', managed('Rollout', canary, conditions), { kind: 'Rollout' }],
    ['no condition', managed('Rollout', canary, { pauseConditions: [] }), undefined],
    ['one that is not paused', managed('Deployment', { paused: false }), undefined],
    ['a text', managed('Deployment', { paused: 'yes' }), undefined],
    ['one without state', stateless('Rollout'), undefined],
  ])('tells what waits: %s', (_, item, paused) => {
    expect(facts([managed('ConfigMap', {}), item]).paused).toEqual(
      paused && { name: 'demo-api', ...paused },
    );
  });

  const startedAt = '2026-01-01T00:00:00Z';
  const node = (more: object) => treePod('a:1', { createdAt: startedAt, ...more });

  it.each<[string, object, object]>([
    ['a pod', node({}), { images: ['a:1'], ready: true, startedAt }],
    [
      'one of which a container is not ready',
      node({ info: [{ name: 'Containers', value: '1/2' }] }),
      { images: ['a:1'], ready: false, startedAt },
    ],
    [
      'one that is not healthy',
      node({ health: { status: 'Progressing' } }),
      { images: ['a:1'], ready: false, startedAt },
    ],
    ['one without health', node({ health: null }), { images: ['a:1'], ready: false, startedAt }],
    [
      'one that tells of no container',
      node({ info: null }),
      { images: ['a:1'], ready: true, startedAt },
    ],
    [
      'one that tells something else',
      node({ info: [{ name: 'Containers', value: 'some' }] }),
      { images: ['a:1'], ready: true, startedAt },
    ],
    [
      'one without images and time',
      node({ images: null, createdAt: null }),
      { images: [], ready: true },
    ],
    [
      'one of a ReplicaSet',
      node({ parentRefs: [{ kind: 'ReplicaSet', name: 'x' }] }),
      { images: ['a:1'], ready: true, startedAt },
    ],
  ])('finds %s', (_, pod, expected) => {
    expect(facts([], [pod]).pods).toEqual([expected]);
  });

  it('leaves out pods of Jobs, and what is called Pod elsewhere', () => {
    const nodes = [
      node({ parentRefs: [{ kind: 'Job', name: 'x' }] }),
      node({ group: 'metrics.k8s.io' }),
      node({ kind: 'Deployment' }),
    ];
    expect(facts([], nodes).pods).toEqual([]);
  });

  it('does not keep any number of pods', () => {
    const nodes = Array.from({ length: 600 }, (_, at) => node({ name: `p${at}` }));
    expect(facts([], nodes).pods).toHaveLength(500);
  });
});
