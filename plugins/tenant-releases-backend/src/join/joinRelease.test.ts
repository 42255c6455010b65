import {
  ago,
  application,
  desired,
  file,
  merged,
  ok,
  parts,
  pod,
  running,
} from './__testUtils__/parts';
import { joinRelease } from './joinRelease';
import type { ApplicationState, ReleaseParts } from './releaseParts';

describe('joinRelease', () => {
  it('answers every part of a release that is in sync', () => {
    expect(joinRelease(parts(), { grafana: 'g' })).toEqual({
      tenant: 'acme',
      service: 'demo-api',
      displayName: 'Acme Corp',
      tier: 'standard',
      ring: 1,
      owner: 'group:default/acme-owners',
      cluster: 'in-cluster',
      namespace: 'acme',
      desired: {
        version: 'sha-2',
        commit: 'c'.repeat(40),
        author: 'Ada',
        committedAt: ago(3600),
      },
      synced: { version: 'sha-2', revision: 'r2', status: 'Synced', at: ago(3500) },
      health: { status: 'Healthy' },
      running: [{ version: 'sha-2', pods: 3, ready: 3, since: ago(3400) }],
      state: 'in-sync',
      delivery: 'in-sync',
      reasons: [],
      links: { grafana: 'g' },
    });
  });

  const cases: Array<[string, Partial<ReleaseParts>, string, Array<[string, string, string?]>]> = [
    [
      'Git ahead, just merged',
      { desired: merged(20), application: application({ version: 'sha-1' }), pods: [pod('sha-1')] },
      'progressing',
      [['GIT_AHEAD', 'Git wants sha-2; Argo CD has synced sha-1 so far.', ago(20)]],
    ],
    [
      'Git ahead for long',
      {
        desired: merged(900),
        application: application({ version: 'sha-1' }),
        pods: [pod('sha-1')],
      },
      'drifted',
      [['GIT_AHEAD', 'Git wants sha-2; Argo CD has synced sha-1 so far.', ago(900)]],
    ],
    [
      'Git ahead, nobody knows since when',
      {
        desired: desired({ change: undefined }),
        application: application({ version: 'sha-1' }),
        pods: [pod('sha-1')],
      },
      'progressing',
      [['GIT_AHEAD', 'Git wants sha-2; Argo CD has synced sha-1 so far.']],
    ],
    [
      'settings ahead',
      { application: application({ sync: { status: 'OutOfSync', revision: 'r3' } }) },
      'progressing',
      [['GIT_AHEAD', 'Git has changed settings that are not synced yet.']],
    ],
    [
      'a sync that failed',
      {
        application: application({
          version: 'sha-1',
          sync: { status: 'OutOfSync', revision: 'r2' },
          operation: {
            phase: 'Failed',
            revision: 'r2',
            message: 'exceeded quota: requests.cpu, see https://10.0.0.1:6443/api',
            finishedAt: ago(720),
          },
        }),
        desired: merged(730),
        pods: [pod('sha-1')],
      },
      'degraded',
      [
        [
          'SYNC_FAILED',
          'Argo CD could not sync: exceeded quota: requests.cpu, see [address]',
          ago(720),
        ],
        ['GIT_AHEAD', 'Git wants sha-2; Argo CD has synced sha-1 so far.', ago(730)],
      ],
    ],
    [
      'a failed sync that a later one has replaced',
      {
        application: application({
          operation: { phase: 'Failed', revision: 'r1', message: 'no', finishedAt: ago(10) },
        }),
      },
      'in-sync',
      [],
    ],
    [
      'a failed hook of the revision that is in sync',
      {
        application: application({
          operation: { phase: 'Error', revision: 'r2', finishedAt: ago(10) },
        }),
      },
      'degraded',
      [['SYNC_FAILED', 'Argo CD could not sync.', ago(10)]],
    ],
    [
      'a sync that is tried again',
      {
        application: application({
          sync: { status: 'OutOfSync', revision: 'r2' },
          operation: { ...running, message: 'one failed. Retrying attempt #2 at 1:00PM.' },
        }),
      },
      'progressing',
      [
        [
          'SYNC_RETRYING',
          'Argo CD could not sync and tries again: one failed. Retrying attempt #2 at 1:00PM.',
          ago(10),
        ],
      ],
    ],
    [
      'manifests that cannot be made',
      {
        application: application({
          sync: { status: 'Unknown' },
          problem: 'helm template failed: \u001b[31mreplicas\u001b[0m: got 0\nwant 1',
        }),
      },
      'degraded',
      [
        [
          'SYNC_FAILED',
          'Argo CD cannot compare Git with the cluster: helm template failed: replicas: got 0 want 1',
        ],
      ],
    ],
    [
      'a change by hand',
      {
        application: application({
          sync: { status: 'OutOfSync', revision: 'r2' },
          driftedResources: ['Deployment demo-api'],
        }),
      },
      'drifted',
      [
        [
          'MANUAL_CHANGE',
          'The cluster differs from Git although the version is the same: Deployment demo-api.',
        ],
      ],
    ],
    [
      'a comparison from before the sync',
      {
        application: application({
          sync: { status: 'OutOfSync', revision: 'r2' },
          operation: { phase: 'Succeeded', revision: 'r2', finishedAt: ago(2) },
        }),
      },
      'progressing',
      [['ROLLING_OUT', 'Argo CD has applied a change and is looking at the result.', ago(2)]],
    ],
    [
      'a sync that runs, and how far it is',
      {
        application: application({
          sync: { status: 'OutOfSync', revision: 'r2' },
          operation: running,
        }),
        pods: [pod(), pod('sha-1')],
      },
      'progressing',
      [['ROLLING_OUT', '1 of 2 pods run sha-2.', ago(10)]],
    ],
    [
      'a synced version that cannot be told',
      { application: application({ version: undefined }), pods: [pod('sha-1')] },
      'unknown',
      [['SYNC_UNKNOWN', 'Which version Argo CD has synced cannot be told; the pods run sha-1.']],
    ],
    [
      'a synced version that cannot be told, and pods that run what Git wants',
      { application: application({ version: undefined }) },
      'in-sync',
      [],
    ],
    [
      'old pods that crash while the new ones come',
      {
        application: application({ health: { status: 'Progressing' } }),
        pods: [pod(), pod('sha-1', { ready: false, waiting: 'CrashLoopBackOff' })],
      },
      'degraded',
      [
        ['CRASH_LOOPING', '1 of 2 pods crash again and again (sha-1).', ago(3400)],
        ['ROLLING_OUT', '1 of 2 pods run sha-2.', ago(3500)],
      ],
    ],
    [
      'a sync that runs',
      {
        application: application({
          sync: { status: 'OutOfSync', revision: 'r2' },
          operation: running,
        }),
      },
      'progressing',
      [['ROLLING_OUT', 'Argo CD is applying a change.', ago(10)]],
    ],
    [
      'a rollout',
      {
        application: application({
          health: { status: 'Progressing' },
          operation: { phase: 'Succeeded', revision: 'r2', finishedAt: ago(5) },
        }),
        pods: [pod(), pod(), pod('sha-1')],
      },
      'progressing',
      [['ROLLING_OUT', '2 of 3 pods run sha-2.', ago(5)]],
    ],
    [
      'a rollout that does not end',
      { pods: [pod(), pod(), pod('sha-1')] },
      'drifted',
      [['IMAGE_DIFFERS', '1 of 3 pods run sha-1 instead of sha-2.', ago(3400)]],
    ],
    [
      'pods that run something else',
      { pods: [pod('sha-1'), pod('sha-0')] },
      'drifted',
      [['IMAGE_DIFFERS', '2 of 2 pods run sha-0, sha-1 instead of sha-2.', ago(3400)]],
    ],
    [
      'pods that are starting',
      { pods: [pod(), pod('sha-2', { ready: false, startedAt: ago(8) })] },
      'progressing',
      [['ROLLING_OUT', '1 of 2 pods are ready.', ago(8)]],
    ],
    [
      'a pod that does not get ready',
      { pods: [pod(), pod('sha-2', { ready: false, startedAt: ago(400) })] },
      'degraded',
      [['HEALTH_DEGRADED', '1 of 2 pods are ready.', ago(400)]],
    ],
    [
      'pods that crash',
      {
        application: application({ health: { status: 'Degraded' } }),
        pods: [pod(), pod('sha-2', { ready: false, waiting: 'CrashLoopBackOff' })],
      },
      'degraded',
      [['CRASH_LOOPING', '1 of 2 pods crash again and again (sha-2).', ago(3400)]],
    ],
    [
      'an image that is not there, while the old pods go on',
      {
        application: application({ health: { status: 'Progressing' } }),
        pods: [pod('sha-1'), pod('sha-2', { ready: false, waiting: 'ImagePullBackOff' })],
      },
      'degraded',
      [
        [
          'IMAGE_PULL',
          '1 of 2 pods cannot start: the image sha-2 is not in the registry, or the registry refuses it.',
          ago(3400),
        ],
      ],
    ],
    [
      'a container that cannot be made',
      { pods: [pod('sha-2', { ready: false, waiting: 'CreateContainerConfigError' })] },
      'degraded',
      [['HEALTH_DEGRADED', '1 of 1 pods cannot start: CreateContainerConfigError.', ago(3400)]],
    ],
    [
      'a container that is being made',
      { pods: [pod('sha-2', { ready: false, waiting: 'ContainerCreating', startedAt: ago(2) })] },
      'progressing',
      [['ROLLING_OUT', '0 of 1 pods are ready.', ago(2)]],
    ],
    [
      'Argo CD’s Degraded without a cause of ours',
      { application: application({ health: { status: 'Degraded', message: 'x > y' } }) },
      'degraded',
      [['HEALTH_DEGRADED', 'Argo CD calls it Degraded: x > y']],
    ],
    [
      'Missing',
      { application: application({ health: { status: 'Missing' } }), pods: [] },
      'degraded',
      [['NO_PODS', 'Argo CD has synced it, but no pod is there.', ago(3500)]],
    ],
    [
      'no pods yet',
      {
        application: application({ operation: { phase: 'Succeeded', finishedAt: ago(3) } }),
        pods: [],
      },
      'progressing',
      [['NO_PODS', 'No pod is there yet.', ago(3)]],
    ],
    [
      'Progressing after all pods run',
      { application: application({ health: { status: 'Progressing' } }) },
      'progressing',
      [
        [
          'ROLLING_OUT',
          'All pods run it; Argo CD waits for the rest to become healthy.',
          ago(3500),
        ],
      ],
    ],
    [
      'a tenant that was merged a moment ago',
      { desired: merged(30), application: undefined, pods: [] },
      'progressing',
      [
        [
          'NOT_DEPLOYED',
          'Git holds the tenant, but Argo CD has no Application for it yet.',
          ago(30),
        ],
      ],
    ],
    [
      'a tenant that nobody deploys',
      { application: undefined, pods: [] },
      'drifted',
      [
        [
          'NOT_DEPLOYED',
          'Git holds the tenant, but Argo CD has no Application for it yet.',
          ago(3600),
        ],
      ],
    ],
    [
      'an Application without tenant file',
      { desired: undefined },
      'drifted',
      [
        [
          'NOT_IN_GIT',
          'Argo CD has an Application of this name, but Git holds no tenant file for it.',
        ],
      ],
    ],
    [
      'a hold',
      {
        desired: desired({
          file: {
            ...file,
            hold: { version: 'sha-2', reason: 'errors', by: 'user:default/ada', since: ago(60) },
          },
        }),
      },
      'held',
      [['HELD', 'Held at sha-2 by user:default/ada: errors', ago(60)]],
    ],
    [
      'a hold of something broken',
      {
        desired: desired({
          file: { ...file, hold: { version: 'sha-2', reason: 'r', by: 'b', since: ago(60) } },
        }),
        pods: [pod('sha-2', { ready: false, waiting: 'CrashLoopBackOff' })],
      },
      'degraded',
      [
        ['CRASH_LOOPING', '1 of 1 pods crash again and again (sha-2).', ago(3400)],
        ['HELD', 'Held at sha-2 by b: r', ago(60)],
      ],
    ],
    [
      'a freeze',
      { freeze: { reason: 'audit', since: ago(60), until: '2026-11-24T00:00:00Z' } },
      'in-sync',
      [['FROZEN', 'No changes until 2026-11-24T00:00:00Z: audit', ago(60)]],
    ],
    [
      'a version that is on the list of bad ones',
      { badVersion: { version: 'sha-2', reason: 'loses orders', since: ago(60) } },
      'degraded',
      [['BAD_VERSION', 'sha-2 is on the list of bad versions: loses orders', ago(60)]],
    ],
    [
      'a bad version that is wanted no more',
      { badVersion: { version: 'sha-2', reason: 'loses orders', isLeftOver: true } },
      'degraded',
      [['BAD_VERSION', 'Pods still run sha-2, which is on the list of bad versions: loses orders']],
    ],
    [
      'a hold that somebody has gone past',
      {
        desired: desired({
          file: { ...file, hold: { version: 'sha-1', reason: 'errors', by: 'b', since: ago(60) } },
        }),
      },
      'drifted',
      [['HELD', 'Git wants sha-2 in spite of the hold at sha-1 by b: errors']],
    ],
    ['a freeze that is over', { freeze: { reason: 'audit', until: ago(1) } }, 'in-sync', []],
    [
      'a tenant file that has become unreadable',
      { desired: desired({ problems: ['tenant.ring: too big', 'image: missing'] }) },
      'unknown',
      [
        [
          'FILE_INVALID',
          'The tenant file cannot be read: tenant.ring: too big (and 1 more). What is shown is the last content that could be read.',
          ago(3600),
        ],
      ],
    ],
    [
      'a tenant file that was never readable',
      { desired: { problems: ['line 3: nested mappings'] }, application: undefined, pods: [] },
      'unknown',
      [['FILE_INVALID', 'The tenant file cannot be read: line 3: nested mappings.']],
    ],
    [
      'Argo CD that never answered',
      {
        application: undefined,
        freshness: { git: ok, argocd: { state: 'unknown', ageSeconds: 40 }, kubernetes: ok },
      },
      'unknown',
      [['SOURCE_STALE', 'Argo CD has not answered yet: sync and health cannot be told.', ago(40)]],
    ],
    [
      'Kubernetes that never answered',
      {
        pods: [],
        freshness: { git: ok, argocd: ok, kubernetes: { state: 'unknown', ageSeconds: 40 } },
      },
      'unknown',
      [
        [
          'SOURCE_STALE',
          'Kubernetes has not answered yet: the running pods cannot be told.',
          ago(40),
        ],
      ],
    ],
    [
      'Git that never answered, with an Application',
      {
        desired: undefined,
        freshness: { git: { state: 'unknown', ageSeconds: 40 }, argocd: ok, kubernetes: ok },
      },
      'unknown',
      [['SOURCE_STALE', 'Git has not answered yet: the wanted version cannot be told.', ago(40)]],
    ],
    [
      'Argo CD away, with what was known of it',
      { freshness: { git: ok, argocd: { state: 'stale', ageSeconds: 125 }, kubernetes: ok } },
      'in-sync',
      [
        [
          'SOURCE_STALE',
          'Argo CD cannot be reached: sync and health may be out of date.',
          ago(125),
        ],
      ],
    ],
    [
      'Argo CD away, and a tenant it has not told of: not "not deployed"',
      {
        application: undefined,
        pods: [],
        freshness: { git: ok, argocd: { state: 'stale', ageSeconds: 9 }, kubernetes: ok },
      },
      'unknown',
      [
        [
          'SYNC_UNKNOWN',
          'Nobody knows whether it is deployed: Argo CD has not told of an Application before it went away.',
        ],
        ['SOURCE_STALE', 'Argo CD cannot be reached: sync and health may be out of date.', ago(9)],
      ],
    ],
    [
      'Kubernetes away, and no pods known: not "no pods"',
      {
        pods: [],
        freshness: { git: ok, argocd: ok, kubernetes: { state: 'stale', ageSeconds: 9 } },
      },
      'unknown',
      [
        ['NO_PODS', 'Kubernetes had told of no pod before it went away.'],
        [
          'SOURCE_STALE',
          'Kubernetes cannot be reached: the running pods may be out of date.',
          ago(9),
        ],
      ],
    ],
  ];

  it.each(cases)('%s', (_, more, state, reasons) => {
    const release = joinRelease(parts(more));
    expect([
      release.state,
      release.reasons.map(({ code, text, since }) => (since ? [code, text, since] : [code, text])),
    ]).toEqual([state, reasons]);
  });

  it('says how old the oldest part is', () => {
    const freshness = {
      git: { state: 'stale', ageSeconds: 30.4 },
      argocd: { state: 'stale', ageSeconds: 90 },
      kubernetes: ok,
    } as const;
    expect(joinRelease(parts({ freshness })).staleSeconds).toBe(90);
    expect(joinRelease(parts())).not.toHaveProperty('staleSeconds');
  });

  it('puts the version that should run first, then the one with more pods', () => {
    const pods = [pod('sha-0'), pod('sha-1'), pod('sha-1'), pod('sha-2', { ready: false })];
    expect(joinRelease(parts({ pods })).running).toEqual([
      { version: 'sha-2', pods: 1, ready: 0, since: ago(3400) },
      { version: 'sha-1', pods: 2, ready: 2, since: ago(3400) },
      { version: 'sha-0', pods: 1, ready: 1, since: ago(3400) },
    ]);
  });

  it('links to the pull request that set the version', () => {
    expect(joinRelease(parts({ desired: merged(1) }), { values: 'v' }).links).toEqual({
      values: 'v',
      pullRequest: 'u',
    });
  });

  it.each([
    ['compared', { sync: { status: 'Synced', revision: 'r3' } }, 'r3'],
    ['applied, where the comparison names none', { sync: { status: 'Synced' } }, 'r2'],
    [
      'of no failed operation',
      { sync: { status: 'OutOfSync' }, operation: { phase: 'Failed', revision: 'r2' } },
      undefined,
    ],
  ] satisfies Array<[string, Partial<ApplicationState>, string | undefined]>)(
    'names the revision that Argo CD %s',
    (_, state, revision) => {
      expect(joinRelease(parts({ application: application(state) })).synced?.revision).toBe(
        revision,
      );
    },
  );

  it('does not change what it is given', () => {
    const given = parts({ pods: [pod('sha-1'), pod()] });
    const copy = structuredClone(given);
    joinRelease(given);
    expect(given).toEqual(copy);
  });
});
