import { managed, treePod } from '../__testUtils__/objects';
import { template } from '../__testUtils__/situations/Situation';
import type { ApplicationResource } from './ApplicationRecord';
import { managedResourcesSchema, resourceTreeSchema } from './resourceSchemas';
import { suspendedResource, workloadFacts } from './workloads';

const repository = 'ghcr.io/acme/demo-api';
const facts = (items: object[], nodes: object[] = []) =>
  workloadFacts(
    resourceTreeSchema.parse({ nodes }),
    managedResourcesSchema.parse({ items }),
    repository,
  );
const named = (name: string, item: object) => ({ ...item, name });
const ours = template(`mirror.example.com/acme/demo-api:sha-2`);
const redis = template('redis:7');
const stateless = (kind: string) => ({ kind, name: 'x', liveState: 'null' });

describe('workloadFacts', () => {
  it('tells nothing of nothing', () => {
    expect(facts([])).toEqual({ pods: [] });
    expect(workloadFacts({}, {})).toEqual({ pods: [] });
    expect(workloadFacts({ nodes: null }, { items: null })).toEqual({ pods: [] });
  });

  it('has the pods of the tree', () => {
    expect(facts([], [treePod('a:1')]).pods).toMatchObject([{ images: ['a:1'], ready: true }]);
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

  it.each<[string, object[], number | undefined]>([
    [
      'beside a database',
      [
        managed('Deployment', { replicas: 0, ...ours }),
        managed('StatefulSet', { replicas: 1, ...redis }),
      ],
      0,
    ],
    [
      'in two workloads',
      [
        managed('Deployment', { replicas: 2, ...ours }),
        managed('StatefulSet', { replicas: 3, ...ours }),
      ],
      5,
    ],
    [
      'whose image nobody has',
      [
        managed('Deployment', { replicas: 2, ...redis }),
        managed('StatefulSet', { replicas: 3, ...redis }),
      ],
      5,
    ],
    [
      'beside a workload that names no image',
      [managed('Deployment', { replicas: 2, ...ours }), managed('StatefulSet', { replicas: 3 })],
      5,
    ],
    [
      'beside a workload that is not there yet',
      [managed('Deployment', { replicas: 2, ...ours }), stateless('StatefulSet')],
      undefined,
    ],
    [
      'in a Rollout with the template of a Deployment',
      [
        named('web', managed('Deployment', { replicas: 0, ...ours })),
        managed('Rollout', { replicas: 4, workloadRef: { kind: 'Deployment', name: 'web' } }),
      ],
      4,
    ],
    [
      'in no Rollout, which has the template of another Deployment',
      [
        named('cache', managed('Deployment', { replicas: 0, ...redis })),
        managed('Rollout', { replicas: 4, workloadRef: { kind: 'Deployment', name: 'cache' } }),
        named('web', managed('Deployment', { replicas: 1, ...ours })),
      ],
      1,
    ],
    [
      'in Rollouts that refer to each other',
      [
        named('a', managed('Rollout', { workloadRef: { kind: 'Rollout', name: 'b' } })),
        named('b', managed('Rollout', { workloadRef: { kind: 'Rollout', name: 'a' } })),
      ],
      2,
    ],
  ])('counts the pods of the service %s', (_, items, replicas) => {
    expect(facts(items).replicas).toBe(replicas);
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
    [
      'a CronJob of the service beside a database',
      [
        managed('CronJob', { jobTemplate: { spec: ours } }),
        managed('StatefulSet', { replicas: 1, ...redis }),
      ],
      true,
    ],
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
    ['a Rollout that says so', managed('Rollout', {}, { phase: 'Paused' }), { kind: 'Rollout' }],
    ['a canary that tells no step', managed('Rollout', canary, conditions), { kind: 'Rollout' }],
    ['no condition', managed('Rollout', canary, { pauseConditions: [] }), undefined],
    ['one that is not paused', managed('Deployment', { paused: false }), undefined],
    ['a text', managed('Deployment', { paused: 'yes' }), undefined],
  ])('tells what waits: %s', (_, item, paused) => {
    expect(facts([managed('ConfigMap', {}), item]).paused).toEqual(
      paused ? { name: 'demo-api', ...paused } : false,
    );
  });

  it('names the rollout that waits before all that is suspended, and no other service’s', () => {
    const waits = managed('Rollout', ours, conditions);
    const cronJob = managed('CronJob', { suspend: true });
    expect(facts([cronJob, waits]).paused).toMatchObject({ kind: 'Rollout' });
    const others = [managed('Rollout', redis, conditions), managed('Deployment', ours)];
    expect(facts(others).paused).toBe(false);
    expect(facts([...others, cronJob]).paused).toMatchObject({ kind: 'CronJob' });
  });

  it('does not know what waits while a workload has no state', () => {
    expect(facts([stateless('Rollout'), managed('Deployment', {})])).not.toHaveProperty('paused');
    expect(facts([stateless('ConfigMap'), managed('Deployment', {})]).paused).toBe(false);
  });

  it.each<[string, object, object | undefined]>([
    [
      'OnDelete',
      managed('DaemonSet', { updateStrategy: { type: 'OnDelete' } }),
      { kind: 'DaemonSet' },
    ],
    [
      'a partition',
      managed('StatefulSet', {
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
      }),
      { kind: 'StatefulSet', partition: 2 },
    ],
    [
      'the partition that is none',
      managed('StatefulSet', { updateStrategy: { rollingUpdate: { partition: 0 } } }),
      undefined,
    ],
    [
      'something odd',
      managed('StatefulSet', { updateStrategy: { type: 1, rollingUpdate: { partition: 'x' } } }),
      undefined,
    ],
    ['nothing', managed('StatefulSet', {}), undefined],
  ])('tells which pods wait for a person: %s', (_, item, manual) => {
    expect(facts([item]).manual).toEqual(manual && { name: 'demo-api', ...manual });
  });

  const blueGreen = { strategy: { blueGreen: { activeService: 'x' } } };
  const stable = { phase: 'Healthy', stableRS: 'abc', currentPodHash: 'abc' };

  it.each<[string, object, object | undefined]>([
    [
      'one that is healthy',
      managed('Rollout', { ...blueGreen, ...ours }, stable),
      { version: 'sha-2' },
    ],
    [
      'one that names neither image nor sets',
      managed('Rollout', blueGreen, { phase: 'Healthy' }),
      {},
    ],
    [
      'one with a digest alone',
      managed(
        'Rollout',
        { ...blueGreen, ...template(`${repository}@sha256:${'a'.repeat(64)}`) },
        stable,
      ),
      {},
    ],
    ['one that waits', managed('Rollout', blueGreen, { ...stable, phase: 'Paused' }), undefined],
    [
      'one that has another stable set',
      managed('Rollout', blueGreen, { ...stable, stableRS: 'old' }),
      undefined,
    ],
    ['a canary', managed('Rollout', canary, stable), undefined],
    ['none', managed('Deployment', ours), undefined],
  ])('tells of a promoted Rollout: %s', (_, item, promoted) => {
    expect(facts([item]).promoted).toEqual(promoted && { name: 'demo-api', ...promoted });
  });

  it('tells the longest deadline', () => {
    const deployment = (seconds: unknown) =>
      managed('Deployment', { progressDeadlineSeconds: seconds });
    expect(facts([deployment(600), deployment(1800)]).deadlineSeconds).toBe(1800);
    expect(facts([deployment('x'), managed('StatefulSet', {})])).not.toHaveProperty(
      'deadlineSeconds',
    );
  });
});

describe('suspendedResource', () => {
  const resource = (kind: string, status?: string) =>
    ({
      kind,
      name: 'x',
      status: 'Synced',
      ...(status ? { health: { status } } : {}),
    } as ApplicationResource);

  it.each<[string, ApplicationResource[] | undefined, string | undefined]>([
    ['nothing is known', undefined, undefined],
    ['no health is told', [resource('Rollout')], undefined],
    ['all are healthy', [resource('Rollout', 'Healthy')], undefined],
    ['a CronJob is', [resource('CronJob', 'Suspended')], 'CronJob'],
    [
      'a Rollout is, too',
      [resource('CronJob', 'Suspended'), resource('Rollout', 'Suspended')],
      'Rollout',
    ],
  ])('tells what is suspended where %s', (_, resources, kind) => {
    const found = suspendedResource(resources);
    expect(found).toEqual(kind && { paused: { kind, name: 'x' }, pods: [] });
  });
});
