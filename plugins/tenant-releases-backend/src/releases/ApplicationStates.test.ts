import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import { ApplicationStates } from './ApplicationStates';

const revision = 'a'.repeat(40);
const next = 'b'.repeat(40);
const gitops = {
  files: ['tenant-a.yaml'],
  chart: 'charts/tenant',
  index: 0,
  isMulti: false,
  targetRevision: 'main',
};

/** An Application that is in sync, with parts of it replaced. */
function recordOf(more: Partial<ApplicationRecord> = {}): ApplicationRecord {
  return {
    instance: 'main',
    name: 'tenant-a',
    namespace: 'argocd',
    project: 'tenant-a',
    tenants: ['tenant-a'],
    labels: {},
    destination: { name: 'in-cluster', namespace: 'tenant-a' },
    gitops,
    kustomizeImages: [],
    isAutomated: true,
    sync: { status: 'Synced', revision },
    health: { status: 'Healthy' },
    images: [],
    unreadable: [],
    ...more,
  };
}

const entry = {
  tenant: 'tenant-a',
  service: 'demo-api',
  path: 'tenant-a.yaml',
  file: { image: { repository: 'ghcr.io/acme/demo-api', tag: 'sha-2' } },
} as DesiredEntry;

const outOfSync = (more: Partial<ApplicationRecord> = {}) =>
  recordOf({
    sync: { status: 'OutOfSync', revision: next },
    operation: { phase: 'Succeeded', revision },
    ...more,
  });

describe('ApplicationStates', () => {
  const desired = {
    versionAt: jest.fn<string | undefined, unknown[]>(),
    overrideOf: jest.fn<{ version: string; by: string } | undefined, unknown[]>(),
    changedAt: jest.fn(),
    contentAt: jest.fn(),
  };
  const sync = { windows: jest.fn(), resources: jest.fn() };
  const folders = { changedAt: jest.fn(), digest: jest.fn() };
  const onAnswer = jest.fn();
  let states: ApplicationStates;

  const state = (record: ApplicationRecord, of: DesiredEntry | undefined = entry) =>
    states.state(record, {}, of);
  const passed = (ms = 0) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') });
    jest.resetAllMocks();
    desired.versionAt.mockImplementation((_, at) => (at === revision ? 'sha-1' : 'sha-2'));
    sync.windows.mockResolvedValue({ windows: {} });
    sync.resources.mockResolvedValue({ tree: {}, managed: {} });
    folders.digest.mockResolvedValue('same');
    states = new ApplicationStates({
      desired,
      sync,
      folders,
      branchOf: () => 'main',
      onAnswer,
    });
  });
  afterEach(() => {
    states.stop();
    jest.useRealTimers();
  });

  it('tells what is there, and nothing of what is not', () => {
    expect(state(recordOf({ destination: { name: 'eu' } }))).toEqual({
      cluster: 'eu',
      version: 'sha-1',
      sync: { status: 'Synced', revision },
      health: { status: 'Healthy' },
    });
  });

  it('tells what is odd of it', () => {
    const odd = recordOf({
      destination: { server: '{{.server}}' },
      unreadable: ['spec.project'],
      isAutomated: false,
      healthSince: '2026-01-01T00:00:00Z',
      sync: { status: 'Unknown' },
      details: {
        history: [],
        problem: 'no chart',
        problemSince: '2026-01-02T00:00:00Z',
        drifted: ['Deployment demo-api'],
        resources: [],
      },
    });
    expect(states.state(odd, { isAmbiguous: true }, entry)).toEqual({
      cluster: '',
      destinationProblem: 'spec.destination.server is no address',
      unreadable: ['spec.project'],
      isAmbiguous: true,
      isByHand: true,
      sync: { status: 'Unknown' },
      health: { status: 'Healthy' },
      healthSince: '2026-01-01T00:00:00Z',
      problem: 'no chart',
      problemSince: '2026-01-02T00:00:00Z',
      driftedResources: ['Deployment demo-api'],
    });
  });

  describe('what it follows', () => {
    const follows = (targetRevision: string, more: Partial<ApplicationRecord> = {}, of = entry) =>
      state(recordOf({ gitops: { ...gitops, targetRevision }, ...more }), of).follows;

    it.each(['main', 'refs/heads/main', 'HEAD'])('is the branch: %s', targetRevision => {
      expect(follows(targetRevision)).toBeUndefined();
    });

    it.each(['release', 'v1.2.3', revision, 'Main', 'heads/main', 'refs/tags/main'])(
      'is something else: %s',
      targetRevision => {
        expect(follows(targetRevision)).toMatchObject({
          revision: targetRevision,
          branch: 'main',
          version: 'sha-1',
        });
      },
    );

    it('is told without version while that is not known', () => {
      desired.versionAt.mockReturnValue(undefined);
      expect(follows('release')).toEqual({ revision: 'release', branch: 'main' });
      expect(follows('release', { sync: { status: 'Unknown' } })).toEqual({
        revision: 'release',
        branch: 'main',
      });
    });

    it('is nothing without a file, or without the GitOps repository', () => {
      expect(
        states.state(recordOf({ gitops: { ...gitops, targetRevision: 'x' } }), {}, undefined)
          .follows,
      ).toBeUndefined();
      expect(follows('x', { gitops: undefined })).toBeUndefined();
    });
  });

  describe('what it overrides', () => {
    const own = { tag: 'sha-7', by: 'helm.parameters' };
    const images = ['ghcr.io/acme/demo-api:sha-8'];

    it('is what Git sets beside the chart, then the Application, then kustomize', () => {
      desired.overrideOf.mockReturnValueOnce({ version: 'sha-6', by: '.argocd-source.yaml' });
      expect(state(recordOf({ override: own, kustomizeImages: images })).override).toEqual({
        version: 'sha-6',
        by: '.argocd-source.yaml',
      });
      expect(state(recordOf({ override: own, kustomizeImages: images })).override).toEqual({
        version: 'sha-7',
        by: 'helm.parameters',
      });
      expect(state(recordOf({ kustomizeImages: images })).override).toEqual({
        version: 'sha-8',
        by: 'kustomize.images',
      });
    });

    it('is no version where only the repository is set', () => {
      const record = recordOf({ override: { repository: 'x', by: 'helm.values' } });
      expect(state(record)).not.toHaveProperty('override');
    });

    it('is nothing that kustomize sets of another image, or without a file', () => {
      expect(state(recordOf({ kustomizeImages: ['acme/web:1'] }))).not.toHaveProperty('override');
      expect(states.state(recordOf({ kustomizeImages: images }), {}, undefined)).not.toHaveProperty(
        'override',
      );
    });

    it('is what is synced, once Argo CD says so', () => {
      expect(state(recordOf({ override: own })).version).toBe('sha-7');
      expect(state(outOfSync({ override: own }))).not.toHaveProperty('version');
      const running = outOfSync({ override: own, images: ['ghcr.io/acme/demo-api:sha-6'] });
      expect(state(running).version).toBe('sha-6');
    });

    it('tells the images of a repository that the Application sets', () => {
      const override = { repository: 'mirror/x/other', by: 'helm.values' };
      desired.versionAt.mockReturnValue(undefined);
      const images_ = ['ghcr.io/acme/demo-api:sha-1', 'mirror/x/other:sha-2'];
      expect(state(recordOf({ override, images: images_ })).version).toBe('sha-2');
    });
  });

  describe('a closed window', () => {
    const closed = {
      windows: { activeWindows: [{ kind: 'deny', schedule: '0 1 * * *', duration: '1h' }] },
    };

    it('is asked for after a moment in which it may have gone by itself', async () => {
      sync.windows.mockResolvedValue(closed);
      expect(state(outOfSync())).not.toHaveProperty('closedWindow');
      await passed(1_499);
      expect(sync.windows).not.toHaveBeenCalled();
      await passed(1);
      expect(onAnswer).toHaveBeenCalledWith('tenant-a');
      expect(state(outOfSync()).closedWindow).toEqual({ kind: 'deny', schedule: '0 1 * * *' });
    });

    it.each<[string, ApplicationRecord, boolean]>([
      ['it is in sync', recordOf({ sync: { status: 'Synced', revision: next } }), false],
      ['it is in sync with an older version', recordOf(), true],
      ['somebody syncs by hand', outOfSync({ isAutomated: false }), false],
      ['a sync runs', outOfSync({ operation: { phase: 'Running', revision } }), false],
      ['the last one failed', outOfSync({ operation: { phase: 'Failed', revision } }), true],
      ['it follows a tag', recordOf({ gitops: { ...gitops, targetRevision: 'v1' } }), false],
    ])('is asked for when it matters: %s', async (_, record, isAsked) => {
      state(record);
      await passed(2_000);
      expect(sync.windows).toHaveBeenCalledTimes(isAsked ? 1 : 0);
    });

    it('is none when there is none, and is not asked for again at once', async () => {
      state(outOfSync());
      await passed(1_500);
      expect(state(outOfSync())).not.toHaveProperty('closedWindow');
      await passed(29_000);
      state(outOfSync());
      await passed(1_000);
      expect(sync.windows).toHaveBeenCalledTimes(1);
      state(outOfSync());
      expect(sync.windows).toHaveBeenCalledTimes(2);
    });
  });

  describe('inputs', () => {
    const inputs = async (record = outOfSync(), of = entry) => {
      state(record, of);
      await passed();
      return state(record, of).inputs;
    };

    it.each<[string, ApplicationRecord]>([
      ['in sync', recordOf()],
      [
        'compared with the revision that was synced',
        outOfSync({ operation: { phase: 'Succeeded', revision: next } }),
      ],
      ['never synced', outOfSync({ operation: undefined })],
      ['without revision', outOfSync({ sync: { status: 'OutOfSync' } })],
      ['of another repository', outOfSync({ gitops: undefined })],
    ])('are not asked for: %s', async (_, record) => {
      expect(await inputs(record)).toBeUndefined();
      expect(desired.contentAt).not.toHaveBeenCalled();
    });

    it('are not asked for without a file', async () => {
      states.state(outOfSync(), {}, undefined);
      await passed();
      expect(desired.contentAt).not.toHaveBeenCalled();
    });

    it('have not changed when neither file nor chart has', async () => {
      desired.contentAt.mockResolvedValue('x');
      expect(await inputs()).toEqual({ changed: false });
      expect(folders.digest.mock.calls).toEqual([
        [revision, 'charts/tenant'],
        [next, 'charts/tenant'],
      ]);
      expect(onAnswer).toHaveBeenCalledWith('tenant-a');
    });

    it('have changed with the file, since its newest commit', async () => {
      desired.contentAt.mockImplementation(async (_, at) => at);
      desired.changedAt.mockResolvedValue('2026-01-01T00:00:00Z');
      expect(await inputs()).toEqual({ changed: true, at: '2026-01-01T00:00:00Z' });
      expect(folders.digest).not.toHaveBeenCalled();
    });

    it('have changed with the chart, since the newest commit of the chart', async () => {
      desired.contentAt.mockResolvedValue('x');
      folders.digest.mockImplementation(async at => at);
      folders.changedAt.mockResolvedValue('2026-02-02T00:00:00Z');
      expect(await inputs()).toEqual({ changed: true, at: '2026-02-02T00:00:00Z' });
      expect(folders.changedAt).toHaveBeenCalledWith(next, 'charts/tenant', undefined);
      expect(desired.changedAt).not.toHaveBeenCalled();
    });

    it('are compared with the last whole sync after one of a part', async () => {
      const record = outOfSync({
        operation: { phase: 'Succeeded', isPartial: true },
        details: { history: [{ revision }], drifted: [], resources: [] },
      });
      desired.contentAt.mockImplementation(async (_, at) => at);
      expect(await inputs(record)).toEqual({ changed: true });
      expect(desired.contentAt.mock.calls.map(([, at]) => at)).toEqual([revision, next]);
      expect(state(record)).toMatchObject({ version: 'sha-1', operation: { revision } });
    });

    it('are the file alone where the chart is elsewhere', async () => {
      desired.contentAt.mockResolvedValue('x');
      expect(await inputs(outOfSync({ gitops: { ...gitops, chart: undefined } }))).toEqual({
        changed: false,
      });
      expect(folders.digest).not.toHaveBeenCalled();
    });

    it('have changed when another source has another revision', async () => {
      const record = outOfSync({
        sync: { status: 'OutOfSync', revision: next, others: '1.1.0' },
        operation: { phase: 'Succeeded', revision, others: '1.0.0' },
      });
      expect(await inputs(record)).toEqual({ changed: true });
      expect(desired.contentAt).not.toHaveBeenCalled();
    });

    it('are not known while Git does not answer', async () => {
      desired.contentAt.mockRejectedValue(new Error('away'));
      expect(await inputs()).toBeUndefined();
    });
  });

  describe('workloads', () => {
    it('are asked for once for each state of the Application', async () => {
      expect(states.workloads(recordOf(), entry)).toBeUndefined();
      await passed();
      expect(states.workloads(recordOf(), entry)).toEqual({ pods: [] });
      states.workloads(recordOf({ images: ['x'] }), entry);
      expect(sync.resources).toHaveBeenCalledTimes(1);
      states.workloads(recordOf({ health: { status: 'Suspended' } }), entry);
      expect(sync.resources).toHaveBeenCalledTimes(2);
      states.workloads(recordOf({ namespace: 'apps' }), entry);
      expect(sync.resources).toHaveBeenCalledTimes(3);
      expect(onAnswer).toHaveBeenCalledWith('tenant-a');
    });

    it('are told as they were until there is another answer', async () => {
      const syncing = recordOf({ operation: { phase: 'Running' } });
      expect(states.knownWorkloads(syncing, entry)).toBeUndefined();
      states.workloads(recordOf(), entry);
      await passed();
      expect(states.knownWorkloads(syncing, entry)).toEqual({ pods: [] });
      expect(sync.resources).toHaveBeenCalledTimes(1);
      sync.resources.mockRejectedValue(new Error('403'));
      const failed = recordOf({ operation: { phase: 'Failed' } });
      expect(states.workloads(failed, entry)).toEqual({ pods: [] });
      await passed();
      expect(states.workloads(failed, entry)).toEqual({ pods: [] });
    });

    it('do not tell what waits now by what waited before', async () => {
      const items = [{ kind: 'ConfigMap', name: 'x' }];
      sync.resources.mockResolvedValue({ tree: {}, managed: { items } });
      states.workloads(recordOf(), entry);
      await passed();
      expect(states.workloads(recordOf(), entry)).toEqual({ pods: [], paused: false });
      const suspended = recordOf({ health: { status: 'Suspended' } });
      expect(states.workloads(suspended, entry)).toEqual({ pods: [] });
      await passed();
      expect(states.workloads(suspended, entry)).toEqual({ pods: [], paused: false });
    });

    it('are what the Application tells where Argo CD refuses more', async () => {
      sync.resources.mockRejectedValue(new Error('403'));
      const health = { status: 'Suspended' } as const;
      const resources = [{ kind: 'CronJob', name: 'x', status: 'Synced', health } as const];
      const record = recordOf({ health, details: { history: [], drifted: [], resources } });
      states.workloads(record, entry);
      await passed();
      expect(states.workloads(record, entry)).toEqual({
        paused: { kind: 'CronJob', name: 'x' },
        pods: [],
      });
    });

    it('are those of the service', async () => {
      const workload = (kind: string, replicas: number, image: string) => ({
        kind,
        name: 'x',
        liveState: JSON.stringify({
          spec: { replicas, template: { spec: { containers: [{ image }] } } },
        }),
      });
      const items = [
        workload('Deployment', 0, 'ghcr.io/acme/demo-api:sha-2'),
        workload('StatefulSet', 1, 'redis:7'),
      ];
      sync.resources.mockResolvedValue({ tree: {}, managed: { items } });
      states.workloads(recordOf(), entry);
      await passed();
      expect(states.workloads(recordOf(), entry)?.replicas).toBe(0);
      // Another service of the same Application has its own.
      const image = { repository: 'docker.io/library/redis', tag: '7' };
      const other = { ...entry, file: { image } } as DesiredEntry;
      expect(states.workloads(recordOf(), other)).toBeUndefined();
      await passed();
      expect(states.workloads(recordOf(), other)?.replicas).toBe(1);
    });

    it('concern whoever the Application is called after where there is no file', async () => {
      states.workloads(recordOf({ name: 'tenant-z' }));
      await passed();
      expect(onAnswer).toHaveBeenCalledWith('tenant-z');
    });
  });

  it('asks nothing once it is stopped', async () => {
    states.stop();
    state(outOfSync());
    states.workloads(recordOf(), entry);
    await passed(5_000);
    expect([sync.windows, sync.resources, desired.contentAt].map(call => call.mock.calls)).toEqual([
      [],
      [],
      [],
    ]);
  });
});
