import { ago, application, parts, pod } from './__testUtils__/parts';
import { verdict } from './__testUtils__/verdict';
import { joinRelease } from './joinRelease';
import type { ApplicationState, PodState, ReleaseParts, Workloads } from './releaseParts';

const of = (more: Partial<ApplicationState>, pods: PodState[]): Partial<ReleaseParts> => ({
  application: application(more),
  pods,
});
const unready = (seconds: number, version = 'sha-2') =>
  pod(version, { ready: false, startedAt: ago(9000), unreadySince: ago(seconds) });
const waiting = (reason: string, seconds: number, more: Partial<PodState> = {}) =>
  pod('sha-2', { ready: false, waiting: reason, startedAt: ago(seconds), ...more });
const progressing = { health: { status: 'Progressing' } } as const;
const suspended = (workloads?: Workloads): Partial<ApplicationState> => ({
  health: { status: 'Suspended' },
  healthSince: ago(900),
  ...(workloads ? { workloads } : {}),
});
const rollout = { paused: { kind: 'Rollout', name: 'x' } };
const cronJob = { paused: { kind: 'CronJob', name: 'x' } };
const partition = { manual: { kind: 'StatefulSet', name: 'x', partition: 2 } };
const onDelete = { manual: { kind: 'DaemonSet', name: 'x' } };
const promoted = { promoted: { name: 'x', version: 'sha-2' } };
const two = [pod('sha-1'), pod('sha-1')];

describe('pods that are not ready', () => {
  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'a new pod of a rollout for longer than any deadline',
      of(progressing, [...two, unready(601)]),
      [
        'degraded',
        `HEALTH_DEGRADED 2 of 3 pods are ready. (${ago(601)})`,
        `ROLLING_OUT 1 of 3 pods run sha-2. (${ago(3500)})`,
      ],
    ],
    [
      'a new pod of a rollout for as long as Kubernetes gives it',
      of(progressing, [...two, unready(600)]),
      ['progressing', `ROLLING_OUT 1 of 3 pods run sha-2. (${ago(3500)})`],
    ],
    [
      'an old pod of a rollout, which goes anyway',
      of(progressing, [unready(9000, 'sha-1'), pod()]),
      ['progressing', `ROLLING_OUT 1 of 2 pods run sha-2. (${ago(3500)})`],
    ],
    [
      'an old pod that no rollout takes away',
      of({}, [unready(301, 'sha-1'), pod()]),
      [
        'degraded',
        `HEALTH_DEGRADED 1 of 2 pods are ready. (${ago(301)})`,
        `IMAGE_DIFFERS 1 of 2 pods run sha-1 instead of sha-2. (${ago(9000)})`,
      ],
    ],
    [
      'stable pods of a canary that waits',
      of(suspended(rollout), [pod(), unready(3600, 'sha-1')]),
      [
        'degraded',
        `HEALTH_DEGRADED 1 of 2 pods are ready. (${ago(3600)})`,
        `ROLLOUT_PAUSED Paused: 1 of 2 pods run sha-2. It waits for approval or analysis. (${ago(
          900,
        )})`,
      ],
    ],
    [
      'pods of which nobody knows what should run',
      of({ version: undefined }, [unready(301), pod('sha-1')]),
      [
        'degraded',
        `HEALTH_DEGRADED 1 of 2 pods are ready. (${ago(301)})`,
        'SYNC_UNKNOWN Which version Argo CD has synced cannot be told; the pods run sha-1, sha-2.',
      ],
    ],
    [
      'an old pod since a moment',
      of({}, [unready(3), pod()]),
      ['progressing', `ROLLING_OUT 1 of 2 pods are ready. (${ago(3)})`],
    ],
    [
      'a slow start that Argo CD still calls Progressing',
      of(progressing, [unready(360)]),
      ['progressing', `ROLLING_OUT 0 of 1 pods are ready. (${ago(360)})`],
    ],
    [
      'a slow start with a deadline of its own',
      of({ ...progressing, workloads: { deadlineSeconds: 1800 } }, [unready(1800)]),
      ['progressing', `ROLLING_OUT 0 of 1 pods are ready. (${ago(1800)})`],
    ],
    [
      'a slow start with a shorter deadline, which Argo CD has not seen yet',
      of({ ...progressing, workloads: { deadlineSeconds: 60 } }, [unready(300)]),
      ['progressing', `ROLLING_OUT 0 of 1 pods are ready. (${ago(300)})`],
    ],
    [
      'a start without deadline',
      of({ ...progressing, workloads: { deadlineSeconds: 2147483647 } }, [unready(3601)]),
      ['degraded', `HEALTH_DEGRADED 0 of 1 pods are ready. (${ago(3601)})`],
    ],
    [
      'since nobody knows when',
      of({}, [pod('sha-2', { ready: false, startedAt: undefined })]),
      ['progressing', 'ROLLING_OUT 0 of 1 pods are ready.'],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });
});

describe('pods that cannot start', () => {
  const refused = 'is not in the registry, or the registry refuses it.';

  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'within the grace time, the reason alone',
      { pods: [waiting('ErrImagePull', 60), pod('sha-1')] },
      [
        'progressing',
        `IMAGE_PULL 1 of 2 pods cannot start: the image sha-2 ${refused} (${ago(60)})`,
      ],
    ],
    [
      'after the grace time',
      { pods: [waiting('ErrImagePull', 61), pod('sha-1')] },
      ['degraded', `IMAGE_PULL 1 of 2 pods cannot start: the image sha-2 ${refused} (${ago(61)})`],
    ],
    [
      'after a grace time of its own',
      { pods: [waiting('CreateContainerConfigError', 90)], graceSeconds: 120 },
      [
        'progressing',
        `HEALTH_DEGRADED 1 of 1 pods cannot start: CreateContainerConfigError. (${ago(90)})`,
      ],
    ],
    [
      'one of several after the grace time',
      { pods: [waiting('ErrImagePull', 5), waiting('ErrImagePull', 90)] },
      ['degraded', `IMAGE_PULL 2 of 2 pods cannot start: the image sha-2 ${refused} (${ago(90)})`],
    ],
    [
      'since nobody knows when',
      { pods: [waiting('ErrImagePull', 5, { startedAt: undefined })] },
      ['degraded', `IMAGE_PULL 1 of 1 pods cannot start: the image sha-2 ${refused}`],
    ],
    [
      'what crashes again and again, at once',
      { pods: [waiting('CrashLoopBackOff', 20)] },
      ['degraded', `CRASH_LOOPING 1 of 1 pods crash again and again (sha-2). (${ago(20)})`],
    ],
    [
      'one in its grace time beside one that is unready for long',
      { pods: [waiting('ErrImagePull', 5), unready(400)] },
      [
        'degraded',
        `HEALTH_DEGRADED 0 of 2 pods are ready. (${ago(400)})`,
        `IMAGE_PULL 1 of 2 pods cannot start: the image sha-2 ${refused} (${ago(5)})`,
      ],
    ],
    [
      'an init container’s image, which is named',
      { pods: [waiting('ErrImagePull', 90, { waitingImage: 'busybox:nope' })] },
      [
        'degraded',
        `IMAGE_PULL 1 of 1 pods cannot start: the image busybox:nope ${refused} (${ago(90)})`,
      ],
    ],
    [
      'an init container’s image beside the service’s',
      {
        pods: [
          waiting('ErrImagePull', 90),
          waiting('ErrImagePull', 90, { waitingImage: 'busybox:nope' }),
        ],
      },
      [
        'degraded',
        `IMAGE_PULL 2 of 2 pods cannot start: the image sha-2, busybox:nope ${refused} (${ago(
          90,
        )})`,
      ],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });
});

describe('a rollout that somebody wants to stand still', () => {
  const since = `(${ago(3500)})`;
  const differs = (text: string) => `IMAGE_DIFFERS ${text} instead of sha-2. (${ago(3400)})`;

  it.each<[string, Partial<ReleaseParts>, string[]]>([
    ['a CronJob that is suspended', of(suspended(cronJob), [pod()]), ['in-sync']],
    ['something that is no workload', of(suspended({ paused: false }), [pod()]), ['in-sync']],
    [
      'something that nobody has named yet',
      of(suspended({ replicas: 1 }), [pod(), pod('sha-1')]),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused: 1 of 2 pods run sha-2. It waits for approval or analysis. (${ago(
          900,
        )})`,
      ],
    ],
    [
      'a Deployment that is paused',
      of(suspended({ paused: { kind: 'Deployment', name: 'x' } }), [pod()]),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused: 1 of 1 pods run sha-2. It waits for approval or analysis. (${ago(
          900,
        )})`,
      ],
    ],
    [
      'a CronJob that is suspended, and a pod that was left',
      of(suspended(cronJob), [pod(), pod('sha-1')]),
      ['drifted', differs('1 of 2 pods run sha-1')],
    ],
    [
      'a partition',
      of({ workloads: partition }, [...two, pod()]),
      [
        'progressing',
        `ROLLOUT_PAUSED 1 of 3 pods run sha-2: the StatefulSet x stays at partition 2. ${since}`,
      ],
    ],
    [
      'a partition with more old pods than it keeps',
      of({ workloads: partition }, [...two, pod('sha-1')]),
      ['drifted', differs('3 of 3 pods run sha-1')],
    ],
    [
      'pods that wait to be deleted',
      of({ workloads: onDelete }, two),
      [
        'progressing',
        `ROLLOUT_PAUSED 0 of 2 pods run sha-2: the DaemonSet x waits for its pods to be deleted (OnDelete). ${since}`,
      ],
    ],
    [
      'pods that wait to be deleted, of which a new one is not ready for long',
      of({ workloads: onDelete }, [pod('sha-1'), unready(301)]),
      [
        'degraded',
        `HEALTH_DEGRADED 1 of 2 pods are ready. (${ago(301)})`,
        `ROLLOUT_PAUSED 1 of 2 pods run sha-2: the DaemonSet x waits for its pods to be deleted (OnDelete). ${since}`,
      ],
    ],
    [
      'pods that move just now',
      of({ workloads: partition, ...progressing }, [...two, pod()]),
      ['progressing', `ROLLING_OUT 1 of 3 pods run sha-2. ${since}`],
    ],
    [
      'pods that are kept after a promotion',
      of({ workloads: promoted }, [pod(), pod('sha-1')]),
      [
        'in-sync',
        `ROLLING_OUT 1 of 2 pods run sha-2; the Rollout x has been promoted and keeps the others until scaleDownDelaySeconds have passed. ${since}`,
      ],
    ],
    [
      'pods that are kept after a promotion, of which one has to start again',
      of({ workloads: promoted }, [pod(), unready(5), pod('sha-1')]),
      [
        'progressing',
        `ROLLING_OUT 1 of 2 pods are ready. (${ago(5)})`,
        `ROLLING_OUT 2 of 3 pods run sha-2; the Rollout x has been promoted and keeps the others until scaleDownDelaySeconds have passed. ${since}`,
      ],
    ],
    [
      'pods that are kept after a promotion to something else',
      of({ workloads: { promoted: { name: 'x', version: 'sha-1' } } }, [pod(), pod('sha-1')]),
      ['drifted', differs('1 of 2 pods run sha-1')],
    ],
    [
      'no new pod after a promotion',
      of({ workloads: { promoted: { name: 'x' } } }, two),
      ['drifted', differs('2 of 2 pods run sha-1')],
    ],
    [
      'nothing of all that',
      of({ workloads: { replicas: 2 } }, [pod(), pod('sha-1')]),
      ['drifted', differs('1 of 2 pods run sha-1')],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });

  it('names no canary of what a CronJob suspends', () => {
    const canaries = (workloads?: Workloads) =>
      joinRelease(parts(of(suspended(workloads), [pod(), pod('sha-1')]))).running.map(
        ({ canary }) => canary,
      );
    expect(canaries(cronJob)).toEqual([undefined, undefined]);
    expect(canaries(rollout)).toEqual([true, undefined]);
    expect(canaries()).toEqual([true, undefined]);
  });
});

describe('containers of one pod that differ', () => {
  const mixed = pod('sha-2', { otherVersions: ['sha-1'] });

  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'in each pod',
      { pods: [mixed, mixed] },
      [
        'drifted',
        `IMAGE_DIFFERS 2 of 2 pods run sha-1 instead of sha-2 in one of their containers. (${ago(
          3400,
        )})`,
      ],
    ],
    [
      'beside pods that are old as a whole',
      { pods: [mixed, pod('sha-0')] },
      ['drifted', `IMAGE_DIFFERS 2 of 2 pods run sha-0, sha-1 instead of sha-2. (${ago(3400)})`],
    ],
    ['and that do not', { pods: [pod('sha-2', { otherVersions: ['sha-2'] })] }, ['in-sync']],
    [
      'where nobody knows what should run',
      of({ version: undefined }, [mixed]),
      [
        'unknown',
        'SYNC_UNKNOWN Which version Argo CD has synced cannot be told; the pods run sha-1, sha-2.',
      ],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });
});
