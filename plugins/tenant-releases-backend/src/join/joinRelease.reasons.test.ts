import type { ReleaseReason } from '@internal/plugin-tenant-releases-common';
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
import type { ReleaseParts } from './releaseParts';

describe('the reasons of joinRelease', () => {
  const links = {
    values: 'values-url',
    argocd: 'argocd-url',
    grafana: 'grafana-url',
    policy: 'policy-url',
  };
  const badVersion = { version: 'sha-2', reason: 'leaks' };
  const hold = { version: 'sha-2', reason: 'x', by: 'user:default/ada', since: ago(1) };
  const away = { state: 'stale', ageSeconds: 9 } as const;
  const waiting = (reason: string) => [pod('sha-2', { ready: false, waiting: reason })];
  const behind = application({ version: 'sha-1' });
  const outOfSync = application({ sync: { status: 'OutOfSync', revision: 'r2' } });
  const failed = application({
    sync: { status: 'OutOfSync' },
    operation: { phase: 'Failed', finishedAt: ago(1) },
  });

  it.each<[ReleaseReason['code'], Partial<ReleaseParts>, string | undefined, string | undefined]>([
    ['GIT_AHEAD', { application: behind, pods: [pod('sha-1')] }, 'argocd-url', 'Argo CD'],
    ['SYNC_FAILED', { application: failed }, 'argocd-url', 'Argo CD'],
    [
      'ROLLING_OUT',
      { application: application({ operation: running }), pods: [pod(), pod('sha-1')] },
      'argocd-url',
      'Argo CD',
    ],
    ['IMAGE_DIFFERS', { pods: [pod('sha-0')] }, 'argocd-url', 'Argo CD'],
    ['CRASH_LOOPING', { pods: waiting('CrashLoopBackOff') }, 'grafana-url', 'Logs'],
    ['IMAGE_PULL', { pods: waiting('ImagePullBackOff') }, 'values-url', 'Tenant file'],
    ['MANUAL_CHANGE', { application: outOfSync }, 'argocd-url', 'Argo CD'],
    [
      'HEALTH_DEGRADED',
      { application: application({ health: { status: 'Degraded' } }) },
      'argocd-url',
      'Argo CD',
    ],
    [
      'NO_PODS',
      { application: application({ workloads: { replicas: 3 } }), pods: [] },
      'argocd-url',
      'Argo CD',
    ],
    ['NOT_DEPLOYED', { application: undefined, pods: [] }, 'values-url', 'Tenant file'],
    ['NOT_IN_GIT', { desired: undefined }, 'argocd-url', 'Argo CD'],
    ['HELD', { desired: desired({ file: { ...file, hold } }) }, 'values-url', 'Tenant file'],
    [
      'FROZEN',
      { freeze: { reason: 'x', until: '2026-11-24T00:00:00Z' } },
      'policy-url',
      'Release policy',
    ],
    ['BAD_VERSION', { badVersion }, 'values-url', 'Tenant file'],
    [
      'SOURCE_STALE',
      { freshness: { git: away, argocd: ok, kubernetes: ok } },
      undefined,
      undefined,
    ],
    ['FILE_INVALID', { desired: desired({ problems: ['x'] }) }, 'values-url', 'Tenant file'],
  ])('%s says where it can be mended', (code, more, href, text) => {
    const reason = joinRelease(parts(more), links).reasons.find(found => found.code === code);
    expect(reason).toBeDefined();
    expect([reason?.link?.href, reason?.link?.text]).toEqual([href, text]);
    expect(joinRelease(parts(more)).reasons.find(found => found.code === code)).not.toHaveProperty(
      'link',
    );
  });

  it('shows what people and servers wrote as one line of text, and not at any length', () => {
    const nasty = `\u001b[31m<b>a</b>\u202e\nb ${'x'.repeat(1_000_000)}`;
    const start = '<b>a</b> b xxx';
    const pullRequest = { number: 1, url: 'u', title: nasty, mergedAt: ago(60) };
    const change = { commit: 'c'.repeat(40), author: nasty, committedAt: ago(60), pullRequest };
    const release = joinRelease(
      parts({
        desired: desired({
          file: { ...file, displayName: nasty, hold: { ...hold, by: nasty, reason: nasty } },
          change,
          problems: [],
        }),
        freeze: { reason: nasty, until: '2026-11-24T00:00:00Z' },
        badVersion: { ...badVersion, reason: nasty },
        application: application({
          sync: { status: 'OutOfSync' },
          problem: nasty,
          health: { status: 'Degraded' },
        }),
        pods: waiting(nasty),
      }),
    );
    const { desired: wanted, hold: held, freeze, displayName, reasons } = release;
    const texts = [
      [displayName, 80],
      [wanted?.author, 80],
      [wanted?.pullRequest?.title, 200],
      [held?.by, 80],
      [held?.reason, 200],
      [freeze?.reason, 200],
    ] as const;
    for (const [text, length] of texts) {
      expect(text).toHaveLength(length);
      expect(text?.startsWith(start)).toBe(true);
    }
    expect(reasons.map(({ code }) => code)).toEqual([
      'SYNC_FAILED',
      'HEALTH_DEGRADED',
      'BAD_VERSION',
      'HELD',
      'FROZEN',
    ]);
    for (const { text } of reasons) {
      expect(text).toContain(start);
      expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(JSON.stringify(release).length).toBeLessThan(4_000);
  });

  it('falls back to the next best place', () => {
    const late = parts({ desired: merged(900), application: behind, pods: [pod('sha-1')] });
    expect(joinRelease(late, { values: 'v' }).reasons[0].link).toEqual({
      kind: 'pull-request',
      href: 'u',
      text: 'Pull request #1',
    });
    const crashing = parts({ pods: waiting('CrashLoopBackOff') });
    expect(joinRelease(crashing, { argocd: 'a' }).reasons[0].link).toMatchObject({ href: 'a' });
  });

  it('takes the commit that broke a file for the age of that, not for the one of the version', () => {
    const release = joinRelease(parts({ desired: desired({ problems: ['x'] }) }));
    expect(release.reasons).toMatchObject([{ code: 'FILE_INVALID', since: ago(3600) }]);
    expect(release.desired).toEqual({ version: 'sha-2' });
  });

  const finished = (seconds: number) => ({ phase: 'Succeeded', finishedAt: ago(seconds) } as const);
  const broken = { ready: false, waiting: 'CrashLoopBackOff' };

  it.each<[string, Partial<ReleaseParts>, string, string]>([
    [
      'parts that are missing',
      { application: application({ health: { status: 'Missing' } }) },
      'degraded',
      'HEALTH_DEGRADED Parts of it are missing in the cluster.',
    ],
    [
      'parts that are missing while they are being made',
      { application: application({ health: { status: 'Missing' }, operation: running }) },
      'in-sync',
      '',
    ],
    [
      'what differs, by name, the first three',
      {
        application: {
          ...outOfSync,
          driftedResources: ['Deployment a', 'Service b', 'Job c', 'Job d'],
        },
      },
      'drifted',
      'MANUAL_CHANGE The cluster differs from Git although the version is the same: Deployment a, Service b, Job c.',
    ],
    [
      'what differs, without names',
      { application: outOfSync },
      'drifted',
      'MANUAL_CHANGE The cluster differs from Git although the version is the same.',
    ],
    [
      'one broken pod of the new version beside old ones',
      { pods: [pod('sha-2', broken), pod(), pod('sha-1')] },
      'degraded',
      'CRASH_LOOPING 1 of 3 pods crash again and again (sha-2).; IMAGE_DIFFERS 1 of 3 pods run sha-1 instead of sha-2.',
    ],
    [
      'only broken pods of the new version beside old ones',
      { pods: [pod('sha-2', broken), pod('sha-1')] },
      'degraded',
      'CRASH_LOOPING 1 of 2 pods crash again and again (sha-2).',
    ],
    [
      'no pods while Argo CD says that it goes on',
      { pods: [], application: application({ health: { status: 'Progressing' } }) },
      'progressing',
      'NO_PODS No pod is there yet.',
    ],
    [
      'no pods while a sync runs',
      { pods: [], application: application({ operation: running }) },
      'progressing',
      'NO_PODS No pod is there yet.',
    ],
    [
      'a rollout that has begun and goes on',
      { pods: [pod(), pod('sha-1')], application: application({ operation: finished(300) }) },
      'progressing',
      'ROLLING_OUT 1 of 2 pods run sha-2.',
    ],
    [
      'a rollout that has begun and does not end',
      { pods: [pod(), pod('sha-1')], application: application({ operation: finished(601) }) },
      'drifted',
      'IMAGE_DIFFERS 1 of 2 pods run sha-1 instead of sha-2.',
    ],
    [
      'a rollout that does not begin',
      { pods: [pod('sha-1')], application: application({ operation: finished(61) }) },
      'drifted',
      'IMAGE_DIFFERS 1 of 1 pods run sha-1 instead of sha-2.',
    ],
    [
      'other pods while a sync runs for long',
      {
        pods: [pod('sha-1')],
        application: application({ operation: { phase: 'Running', startedAt: ago(5_000) } }),
      },
      'progressing',
      'ROLLING_OUT 0 of 1 pods run sha-2.',
    ],
    [
      'a pod whose init container is at work',
      { pods: [pod('sha-2', { ready: false, waiting: 'PodInitializing', startedAt: ago(9) })] },
      'progressing',
      'ROLLING_OUT 0 of 1 pods are ready.',
    ],
    [
      'no pods that anybody has told of',
      {
        pods: [],
        freshness: { git: ok, argocd: ok, kubernetes: { state: 'unknown', ageSeconds: 1 } },
      },
      'unknown',
      'SOURCE_STALE Kubernetes has not answered yet: the running pods cannot be told.',
    ],
    ['a freeze that ends now', { freeze: { reason: 'x', until: ago(0) } }, 'in-sync', ''],
    [
      'a freeze',
      { freeze: { reason: 'x', until: ago(-1) } },
      'in-sync',
      `FROZEN No changes until ${ago(-1)}: x`,
    ],
  ])('tells of %s', (_, more, state, expected) => {
    const release = joinRelease(parts(more));
    const told = release.reasons.map(({ code, text }) => `${code} ${text}`).join('; ');
    expect([release.state, told]).toEqual([state, expected]);
  });

  it.each<[string, Partial<ReleaseParts>, string]>([
    ['crash', { pods: waiting('CrashLoopBackOff') }, 'CRASH_LOOPING'],
    ['missing image', { pods: waiting('ErrImagePull') }, 'IMAGE_PULL'],
    ['missing pods', { pods: [] }, 'NO_PODS'],
  ])('names a %s, and not that Argo CD calls it degraded too', (_, more, code) => {
    const health = { status: 'Degraded' } as const;
    const { reasons } = joinRelease(parts({ ...more, application: application({ health }) }));
    expect(reasons.map(reason => reason.code)).toEqual([code]);
  });

  it('names a failed sync, and not that Argo CD calls it degraded too', () => {
    const degraded = { ...failed, health: { status: 'Degraded' } as const };
    const { reasons } = joinRelease(parts({ application: degraded }));
    expect(reasons.map(reason => reason.code)).toEqual(['SYNC_FAILED']);
  });

  it('puts first what needs attention first', () => {
    const release = joinRelease(
      parts({
        desired: desired({ file: { ...file, hold } }),
        freeze: { reason: 'x', until: '2026-11-24T00:00:00Z' },
        badVersion,
        pods: waiting('CrashLoopBackOff'),
      }),
    );
    expect(release.reasons.map(({ code }) => code)).toEqual([
      'CRASH_LOOPING',
      'BAD_VERSION',
      'HELD',
      'FROZEN',
    ]);
    expect([release.state, release.hold, release.freeze?.reason]).toEqual(['degraded', hold, 'x']);
  });

  it('tells nothing of a tenant of which nobody knows anything', () => {
    const nothing = parts({ desired: undefined, application: undefined, pods: [] });
    expect(joinRelease(nothing)).toEqual({
      delivery: 'in-sync',
      tenant: 'acme',
      service: 'demo-api',
      displayName: 'acme',
      tier: 'unknown',
      ring: -1,
      owner: '',
      cluster: '',
      namespace: 'acme',
      health: { status: 'Unknown' },
      running: [],
      state: 'in-sync',
      reasons: [],
      links: {},
    });
  });

  it('tells the start of the oldest pod of a version, and orders the same numbers by name', () => {
    const pods = [
      pod('b', { startedAt: ago(5) }),
      pod('b', { startedAt: ago(50) }),
      pod('c'),
      pod('c'),
    ];
    expect(
      joinRelease(parts({ pods })).running.map(({ version, since }) => [version, since]),
    ).toEqual([
      ['b', ago(50)],
      ['c', ago(3400)],
    ]);
    const late = { ready: false, startedAt: ago(400) };
    const [reason] = joinRelease(
      parts({ pods: [pod('sha-2', { ...late, startedAt: ago(9) }), pod('sha-2', late)] }),
    ).reasons;
    expect(reason).toMatchObject({ code: 'HEALTH_DEGRADED', since: ago(400) });
  });

  it('does not know an age from a time that is none', () => {
    const odd = application({ operation: { phase: 'Succeeded', finishedAt: 'yesterday' } });
    expect(joinRelease(parts({ application: odd, pods: [pod('sha-1')] })).state).toBe('drifted');
  });

  it('says nothing of Argo CD that it has not said', () => {
    const unknown = { state: 'unknown', ageSeconds: 9 } as const;
    const freshness = { git: ok, argocd: unknown, kubernetes: ok };
    const codes = (more: Partial<ReleaseParts>) =>
      joinRelease(parts({ freshness, ...more })).reasons.map(({ code }) => code);
    expect(codes({ application: behind, pods: [pod('sha-1')] })).not.toContain('GIT_AHEAD');
    expect(codes({ application: undefined })).toEqual(['SOURCE_STALE']);
  });

  it('is in sync without an operation, as an Application is that was in sync from the start', () => {
    const release = joinRelease(parts({ application: application({ operation: undefined }) }));
    expect([release.state, release.reasons, release.synced?.at]).toEqual([
      'in-sync',
      [],
      undefined,
    ]);
  });

  const untouched = application({
    version: undefined,
    operation: undefined,
    sync: { status: 'OutOfSync' },
    health: { status: 'Missing' },
  });
  const never = { ...untouched, version: 'sha-2' };

  it.each<[string, Partial<ReleaseParts>, string, string]>([
    [
      'one that was merged a moment ago',
      { application: untouched, desired: merged(30), pods: [] },
      'progressing',
      'GIT_AHEAD Argo CD has not synced it for the first time yet.',
    ],
    [
      'one that waits for somebody',
      { application: untouched, desired: merged(301), pods: [] },
      'drifted',
      'GIT_AHEAD Argo CD has not synced it for the first time yet.',
    ],
    [
      'one of which nobody knows when it was merged',
      { application: untouched, desired: desired({ change: undefined }), pods: [] },
      'progressing',
      'GIT_AHEAD Argo CD has not synced it for the first time yet.',
    ],
    [
      'one that cannot be compared',
      { application: { ...untouched, problem: 'no chart' }, pods: [] },
      'degraded',
      'SYNC_FAILED Argo CD cannot compare Git with the cluster: no chart',
    ],
    [
      'one whose first sync runs',
      { application: { ...untouched, operation: running }, pods: [] },
      'progressing',
      'ROLLING_OUT Argo CD is applying a change.; NO_PODS No pod is there yet.',
    ],
    [
      'one that is in sync and tells no version',
      { application: { ...untouched, sync: { status: 'Synced' }, health: { status: 'Healthy' } } },
      'in-sync',
      '',
    ],
    [
      'one that somebody else has applied',
      { application: { ...never, health: { status: 'Healthy' } } },
      'drifted',
      'MANUAL_CHANGE The cluster differs from Git although the version is the same.',
    ],
    [
      'one that is said to be in sync, without pods',
      { application: { ...never, sync: { status: 'Synced' } }, pods: [] },
      'degraded',
      'NO_PODS Argo CD has synced it, but no pod is there.',
    ],
    [
      'one with other pods',
      {
        application: { ...never, sync: { status: 'Synced' }, health: { status: 'Healthy' } },
        pods: [pod('sha-1')],
      },
      'drifted',
      'IMAGE_DIFFERS 1 of 1 pods run sha-1 instead of sha-2.',
    ],
    [
      'one that becomes healthy',
      {
        application: { ...never, sync: { status: 'Synced' }, health: { status: 'Progressing' } },
      },
      'progressing',
      'ROLLING_OUT All pods run it; Argo CD waits for the rest to become healthy.',
    ],
    [
      'a file that cannot be read, and an Application that differs',
      { application: { ...never, health: { status: 'Healthy' } }, desired: { problems: ['x'] } },
      'drifted',
      'MANUAL_CHANGE The cluster differs from Git although the version is the same.; FILE_INVALID The tenant file cannot be read: x.',
    ],
    [
      'pods of a tenant without file and Application',
      { application: undefined, desired: undefined, pods: [pod('sha-1')] },
      'in-sync',
      '',
    ],
    [
      'pods of a tenant without Application',
      { application: undefined, desired: merged(30), pods: [pod('sha-1')] },
      'drifted',
      'IMAGE_DIFFERS 1 of 1 pods run sha-1 instead of sha-2.; NOT_DEPLOYED Git holds the tenant, but Argo CD has no Application for it yet.',
    ],
  ])('tells of an Application without operation: %s', (_, more, state, expected) => {
    const release = joinRelease(parts(more));
    const told = release.reasons.map(({ code, text }) => `${code} ${text}`).join('; ');
    expect([release.state, told]).toEqual([state, expected]);
  });

  it('does not take the commit that broke a file for the one that Argo CD has to sync', () => {
    const invalid = {
      desired: desired({ problems: ['x'] }),
      application: behind,
      pods: [pod('sha-1')],
    };
    const ahead = joinRelease(parts(invalid)).reasons.find(({ code }) => code === 'GIT_AHEAD');
    expect(ahead).toBeDefined();
    expect(ahead).not.toHaveProperty('since');
  });

  it('says since when Argo CD calls it degraded, and cannot compare', () => {
    const degraded = { health: { status: 'Degraded' }, healthSince: ago(70) } as const;
    const { reasons } = joinRelease(parts({ application: application(degraded) }));
    expect(reasons).toMatchObject([{ code: 'HEALTH_DEGRADED', since: ago(70) }]);
    const unknown = { problem: 'no chart', problemSince: ago(80) };
    expect(joinRelease(parts({ application: application(unknown) })).reasons).toMatchObject([
      { code: 'SYNC_FAILED', since: ago(80) },
    ]);
  });
});
