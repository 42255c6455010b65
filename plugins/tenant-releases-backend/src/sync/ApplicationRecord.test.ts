import single from './__fixtures__/application.json';
import list from './__fixtures__/list.json';
import stream from './__fixtures__/stream.json';
import { withKnownDetails } from './ApplicationRecord';
import { applicationListSchema, readApplication, streamEventSchema } from './applicationSchema';
import { toRecord } from './toRecord';

const options = {
  instance: 'main',
  isGitops: (address: string) => address === 'https://example.com/r.git',
  tenantOfFile: (path: string) => /^tenants\/(.*)\.yaml$/.exec(path)?.[1],
};
const record = (value: unknown, isWhole = true) =>
  toRecord(options, readApplication(value)!, isWhole);

// The fixtures are answers of a real Argo CD 3.2.11.
const listed = () => {
  const { items } = applicationListSchema.parse(list);
  return record(items![0], false);
};
const streamed = () => {
  const { result } = streamEventSchema.parse(stream[0]);
  return record(result!.application);
};

describe('toRecord', () => {
  it('reduces an item of a list with fields', () => {
    const found = listed();
    expect(found).toMatchObject({
      instance: 'main',
      name: 'smoke',
      namespace: 'argocd',
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', namespace: 'smoke' },
      sync: { status: 'Synced' },
      health: { status: 'Healthy' },
      images: ['registry.example.com/demo/web:1.1.0'],
      operation: { phase: 'Succeeded', finishedAt: '2026-11-23T03:34:38Z' },
    });
    expect(found.details).toBeUndefined();
    expect(found.sync.revision).toBeUndefined();
  });

  it('reduces a whole Application of the stream', () => {
    expect(streamed()).toMatchObject({
      name: 'smoke',
      sync: { status: 'Synced', revision: expect.stringMatching(/^[0-9a-f]{40}$/) },
      operation: { phase: 'Succeeded', revision: expect.stringMatching(/^[0-9a-f]{40}$/) },
      details: { history: expect.arrayContaining([expect.objectContaining({ id: 0 })]) },
    });
  });

  it('reads what is to become of an Application', () => {
    const application = (metadata: object, spec: object = {}) =>
      record({ metadata: { name: 'a', ...metadata }, spec });
    expect(application({ deletionTimestamp: '2026-01-01T00:00:00Z' }).deletedSince).toBe(
      '2026-01-01T00:00:00Z',
    );
    const skip = (text: string) =>
      application({ annotations: { 'argocd.argoproj.io/skip-reconcile': text } }).isSkipped;
    expect([skip('true'), skip('false'), skip('')]).toEqual([true, undefined, undefined]);
    expect(application({}, { sourceHydrator: {} }).isHydrated).toBe(true);
  });

  it.each([
    ['a dry run', { dryRun: true }],
    ['a part of the resources', { resources: [{ kind: 'ConfigMap', name: 'x' }] }],
  ])('takes no revision from an operation of %s', (_, sync) => {
    const operationState = {
      phase: 'Succeeded',
      operation: { sync: { revision: 'r', ...sync } },
      syncResult: { revision: 'r' },
    };
    const application = { metadata: { name: 'a' }, status: { operationState } };
    const known = record(application);
    expect(known.operation).toEqual({ phase: 'Succeeded', isPartial: true });
    // What a list calls the operation is its result.
    const item = record(application, false);
    expect(item.operation).toEqual({ phase: 'Succeeded', revision: 'r' });
    expect(withKnownDetails(known, item).operation).toEqual(known.operation);
  });

  it('tells leftovers apart from what differs', () => {
    const resources = [
      { kind: 'ConfigMap', name: 'old', status: 'OutOfSync', requiresPruning: true },
      { kind: 'Deployment', name: 'demo-api', status: 'OutOfSync' },
    ];
    expect(record({ metadata: { name: 'a' }, status: { resources } }).details).toMatchObject({
      drifted: ['Deployment demo-api'],
      leftovers: ['ConfigMap old'],
    });
  });

  it('reads history and message of a single answer', () => {
    expect(record(single)).toMatchObject({
      health: { status: 'Progressing' },
      operation: { message: 'successfully synced (all tasks run)' },
      details: {
        history: [
          {
            id: 0,
            revision: '49b23ef6bfea5103af994f0057ee49a90ff98c63',
            deployStartedAt: '2026-11-23T03:39:18Z',
            deployedAt: '2026-11-23T03:39:19Z',
          },
        ],
        drifted: [],
      },
    });
  });

  it('copes with an Application that has no status yet', () => {
    const found = record({ metadata: { name: 'new' } });
    expect(found).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
      images: [],
      details: { history: [], drifted: [], resources: [] },
    });
    expect(found.operation).toBeUndefined();
  });

  it.each([
    ['a branch that could not be rendered', 'Unknown', 'main', undefined],
    ['a commit that could not be compared', 'Unknown', 'c0ffee', 'c0ffee'],
    ['a tag that is in sync', 'Synced', 'main', 'main'],
  ])('takes for a revision what is one: %s', (_, status, revision, expected) => {
    const source = { repoURL: 'https://example.com/r.git', targetRevision: 'main' };
    const application = {
      metadata: { name: 'x' },
      spec: { source },
      status: { sync: { status, revision } },
    };
    expect(record(application).sync.revision).toBe(expected);
  });

  it('names what cannot be compared and what differs, shortened', () => {
    const found = record({
      metadata: { name: 'x' },
      status: {
        sync: { status: 'Unknown', revisions: ['r1', 'r2'] },
        health: { status: 'Sleepy' },
        conditions: [
          { type: 'OrphanedResourceWarning', message: 'orphans' },
          {
            type: 'ComparisonError',
            message: `at https://repo.internal/x ${'y'.repeat(1_000_000)}`,
          },
        ],
        resources: Array.from({ length: 9 }, (_, index) => ({
          kind: 'Service',
          name: `s${index}`,
          status: 'OutOfSync',
        })),
      },
    });
    expect(found.sync.revision).toBe('r1');
    expect(found.health.status).toBe('Unknown');
    expect(found.details?.problem).toMatch(/^at \[address\] y+…$/);
    expect(found.details?.problem).toHaveLength(500);
    expect(found.details?.drifted).toEqual([
      'Service s0',
      'Service s1',
      'Service s2',
      'Service s3',
      'Service s4',
    ]);
  });
});

describe('conditions, in the words of Argo CD 3.2.11', () => {
  const withCondition = (type: string, message: string, phase?: string) =>
    record({
      metadata: { name: 'demo-api' },
      status: {
        conditions: [{ type, message }],
        ...(phase ? { operationState: { phase, message: 'Operation terminated' } } : {}),
      },
    }).details;

  it.each([
    'error getting cluster by server "{{.server}}": rpc error: code = NotFound desc = cluster "{{.server}}" not found',
    'there are no clusters with this name: nowhere',
    "application destination can't have both name and server defined: in-cluster https://kubernetes.default.svc",
    'Destination server missing from app spec',
    "application destination server 'in-cluster' and namespace 'other' do not match any of the allowed destinations in project 'tenant-a'",
  ])('is about the destination: %s', message => {
    const details = withCondition('InvalidSpecError', message);
    expect(details?.destinationProblem).toBe(message.replace(/https:\S+svc/, '[address]'));
    expect(details?.problem).toBe(details?.destinationProblem);
  });

  it.each([
    "application repo https://git.example.com/cluster/destination is not permitted in project 'tenant-a'",
    'Application referencing project cluster which does not exist',
  ])('is not about the destination: %s', message => {
    const details = withCondition('InvalidSpecError', message);
    expect(details?.problem).toBe(message.replace(/https:\S+/, '[address]'));
    expect(details).not.toHaveProperty('destinationProblem');
  });

  it('leaves out the error that only repeats how the last operation ended', () => {
    const message = 'Failed last sync attempt to [0123abc]: Operation terminated';
    expect(withCondition('SyncError', message, 'Failed')).not.toHaveProperty('problem');
    const other = 'Skipping sync attempt to [0123abc]: auto-sync will wipe out all resources';
    expect(withCondition('SyncError', other, 'Succeeded')).toMatchObject({ problem: other });
  });
});

describe('resources', () => {
  const resourcesOf = (resources: object[]) =>
    record({ metadata: { name: 'x' }, status: { resources } }).details?.resources;

  it('are kept with their health, shortened and without what is empty', () => {
    const [deployment, config] = resourcesOf([
      {
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        namespace: 'x',
        name: 'web',
        status: 'OutOfSync',
        health: {
          status: 'Degraded',
          message: `see https://cluster.internal ${'y'.repeat(9_000)}`,
        },
        requiresPruning: true,
      },
      { group: '', kind: 'ConfigMap', namespace: '', name: 'web', status: 'Odd', health: null },
    ])!;
    expect(deployment).toMatchObject({
      group: 'apps',
      kind: 'Deployment',
      namespace: 'x',
      name: 'web',
      status: 'OutOfSync',
      health: { status: 'Degraded' },
      requiresPruning: true,
    });
    expect(deployment.health?.message).toMatch(/^see \[address\] y+…$/);
    expect(deployment.health?.message).toHaveLength(500);
    expect(config).toEqual({ kind: 'ConfigMap', name: 'web', status: 'Unknown' });
  });

  it('are a hundred at most', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ kind: 'Job', name: `j${index}` }));
    expect(resourcesOf(many)).toHaveLength(100);
  });
});

describe('withKnownDetails', () => {
  it('keeps the details of the same state', () => {
    const known = streamed();
    const merged = withKnownDetails(known, {
      ...listed(),
      operation: { ...known.operation!, message: undefined },
    });
    expect(merged.details).toBe(known.details);
    expect(merged.sync.revision).toBe(known.sync.revision);
  });

  it.each([
    ['another operation', { operation: { phase: 'Running', startedAt: 'later' } as const }],
    ['another sync status', { sync: { status: 'OutOfSync' } as const }],
  ])('forgets them with %s', (_, change) => {
    expect(withKnownDetails(streamed(), { ...listed(), ...change }).details).toBeUndefined();
  });
});
