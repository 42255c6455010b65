import { ago, application, desired, parts, pod } from './__testUtils__/parts';
import { linkOf, verdict } from './__testUtils__/verdict';
import { joinRelease } from './joinRelease';
import type { ApplicationState, PodState, ReleaseParts } from './releaseParts';

const of = (more: Partial<ApplicationState>, pods: PodState[]): Partial<ReleaseParts> => ({
  application: application(more),
  pods,
});
const untold = (problem?: string, startedAt = ago(50)): PodState => ({
  ready: true,
  startedAt,
  ...(problem === undefined ? {} : { problem }),
});
const suspended = { health: { status: 'Suspended' }, healthSince: ago(90) } as const;
const paused = (step?: number, steps?: number) => ({
  ...suspended,
  workloads: {
    paused: { kind: 'Rollout', name: 'x', ...(step ? { step } : {}), ...(steps ? { steps } : {}) },
  },
});
const waiting = (reason: string, more: Partial<PodState> = {}) =>
  pod('sha-2', { ready: false, waiting: reason, startedAt: ago(90), ...more });

describe('what the pods tell', () => {
  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'a version that cannot be told',
      { pods: [untold('its container names no image'), pod()] },
      [
        'unknown',
        `PODS_INVALID Which version 1 of 2 pods run cannot be told: its container names no image. (${ago(
          50,
        )})`,
      ],
    ],
    [
      'several of which nobody says why, since the oldest',
      { pods: [untold(), untold(undefined, ago(70))] },
      [
        'unknown',
        `PODS_INVALID Which version 2 of 2 pods run cannot be told: no container has the image of the service. (${ago(
          70,
        )})`,
      ],
    ],
    [
      'what is wrong with the others, as well',
      { pods: [untold('x'), waiting('CrashLoopBackOff')] },
      [
        'degraded',
        `CRASH_LOOPING 1 of 1 pods crash again and again (sha-2). (${ago(90)})`,
        `PODS_INVALID Which version 1 of 2 pods run cannot be told: x. (${ago(50)})`,
      ],
    ],
    [
      'pods of a version that Argo CD does not tell',
      of({ version: undefined }, [pod('sha-1'), pod('sha-0')]),
      [
        'unknown',
        'SYNC_UNKNOWN Which version Argo CD has synced cannot be told; the pods run sha-0, sha-1.',
      ],
    ],
    [
      'pods of what Git wants, whatever Argo CD tells',
      of({ version: undefined }, [pod()]),
      ['in-sync'],
    ],
    [
      'pods of what is followed, whatever Argo CD tells',
      of({ version: undefined, follows: { branch: 'main', revision: 'x', version: 'sha-7' } }, [
        pod('sha-7'),
      ]),
      [
        'in-sync',
        'FOLLOWS_OTHER_REVISION The Application follows x, not main. It holds sha-7 there.',
      ],
    ],
    [
      'pods where neither is known',
      { ...of({ version: undefined }, [pod()]), desired: desired({ file: undefined }) },
      [
        'unknown',
        'SYNC_UNKNOWN Which version Argo CD has synced cannot be told; the pods run sha-2.',
      ],
    ],
    [
      'a rollout that waits at a step',
      of(paused(2, 5), [pod(), pod('sha-1'), pod('sha-1')]),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused at step 2 of 5: 1 of 3 pods run sha-2. It waits for approval or analysis. (${ago(
          90,
        )})`,
      ],
    ],
    [
      'a rollout that waits at a step of nobody knows how many',
      of(paused(2), [pod()]),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused at step 2: 1 of 1 pods run sha-2. It waits for approval or analysis. (${ago(
          90,
        )})`,
      ],
    ],
    [
      'a rollout that waits, of which nothing is told',
      of(suspended, [pod('sha-1')]),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused: 0 of 1 pods run sha-2. It waits for approval or analysis. (${ago(
          90,
        )})`,
      ],
    ],
    [
      'a rollout that waits with a broken pod',
      of(paused(1, 2), [waiting('CrashLoopBackOff'), pod('sha-1')]),
      [
        'degraded',
        `CRASH_LOOPING 1 of 2 pods crash again and again (sha-2). (${ago(90)})`,
        `ROLLOUT_PAUSED Paused at step 1 of 2: 1 of 2 pods run sha-2. It waits for approval or analysis. (${ago(
          90,
        )})`,
      ],
    ],
    [
      'a CronJob between two runs',
      of({ workloads: { isPeriodic: true } }, []),
      ['in-sync', 'BETWEEN_RUNS It is a CronJob or Job: no pod is there between two runs.'],
    ],
    [
      'no replicas by wish',
      of({ workloads: { replicas: 0 } }, []),
      ['in-sync', 'SCALED_TO_ZERO Scaled to zero: no pod is wanted.'],
    ],
    [
      'no replicas by wish, while Argo CD goes on',
      of({ workloads: { replicas: 0 }, health: { status: 'Progressing' } }, []),
      ['in-sync', 'SCALED_TO_ZERO Scaled to zero: no pod is wanted.'],
    ],
    [
      'no pod of what Argo CD calls Healthy',
      of({}, []),
      [
        'in-sync',
        'SCALED_TO_ZERO No pod with its labels (tenantReleases.pods, or pods.labelSelector of its layout) is there, and Argo CD calls it Healthy: it is scaled to zero, or its pods carry different labels.',
      ],
    ],
    [
      'no pod of what is healthy and out of sync',
      of({ sync: { status: 'OutOfSync', revision: 'r2' } }, []),
      [
        'drifted',
        'MANUAL_CHANGE The cluster differs from Git although the version is the same.',
        'SCALED_TO_ZERO No pod with its labels (tenantReleases.pods, or pods.labelSelector of its layout) is there, and Argo CD calls it Healthy: it is scaled to zero, or its pods carry different labels.',
      ],
    ],
    [
      'no pod of what Argo CD calls Suspended for something else than a rollout',
      of({ ...suspended, workloads: { paused: { kind: 'CronJob', name: 'x' } } }, []),
      [
        'in-sync',
        'SCALED_TO_ZERO No pod with its labels (tenantReleases.pods, or pods.labelSelector of its layout) is there, and Argo CD calls it Suspended: it is scaled to zero, or its pods carry different labels.',
      ],
    ],
    [
      'no pod of a rollout that waits',
      of(paused(), []),
      [
        'progressing',
        `ROLLOUT_PAUSED Paused: no pod runs. It waits for approval or analysis. (${ago(90)})`,
      ],
    ],
    [
      'no pod where some are wanted',
      of({ workloads: { replicas: 3 } }, []),
      ['degraded', `NO_PODS Argo CD has synced it, but no pod is there. (${ago(3500)})`],
    ],
    [
      'no pod 60 s after a sync',
      of(
        { workloads: { replicas: 3 }, operation: { phase: 'Succeeded', finishedAt: ago(60) } },
        [],
      ),
      ['progressing', `NO_PODS No pod is there yet. (${ago(60)})`],
    ],
    [
      'no pod 61 s after a sync',
      of(
        { workloads: { replicas: 3 }, operation: { phase: 'Succeeded', finishedAt: ago(61) } },
        [],
      ),
      ['degraded', `NO_PODS Argo CD has synced it, but no pod is there. (${ago(61)})`],
    ],
    ...[
      'ImagePullBackOff',
      'ErrImagePull',
      'ErrImageNeverPull',
      'InvalidImageName',
      'RegistryUnavailable',
    ].map((reason): [string, Partial<ReleaseParts>, string[]] => [
      `an image that is not there: ${reason}`,
      { pods: [waiting(reason)] },
      [
        'degraded',
        `IMAGE_PULL 1 of 1 pods cannot start: the image sha-2 is not in the registry, or the registry refuses it. (${ago(
          90,
        )})`,
      ],
    ]),
    [
      'another cause, which is named',
      { pods: [waiting('CreateContainerConfigError'), pod()] },
      [
        'degraded',
        `HEALTH_DEGRADED 1 of 2 pods cannot start: CreateContainerConfigError. (${ago(90)})`,
      ],
    ],
    [
      'several causes',
      {
        pods: [waiting('CrashLoopBackOff'), waiting('ErrImagePull'), waiting('RunContainerError')],
      },
      [
        'degraded',
        `CRASH_LOOPING 1 of 3 pods crash again and again (sha-2). (${ago(90)})`,
        `IMAGE_PULL 1 of 3 pods cannot start: the image sha-2 is not in the registry, or the registry refuses it. (${ago(
          90,
        )})`,
        `HEALTH_DEGRADED 1 of 3 pods cannot start: RunContainerError. (${ago(90)})`,
      ],
    ],
    [
      'containers that are being made',
      { pods: [waiting('ContainerCreating')] },
      ['progressing', `ROLLING_OUT 0 of 1 pods are ready. (${ago(90)})`],
    ],
    [
      'pods that are not ready for 300 s',
      { pods: [pod('sha-2', { ready: false, startedAt: ago(300) })] },
      ['progressing', `ROLLING_OUT 0 of 1 pods are ready. (${ago(300)})`],
    ],
    [
      'pods that are not ready for longer',
      { pods: [pod('sha-2', { ready: false, startedAt: ago(301) }), pod()] },
      ['degraded', `HEALTH_DEGRADED 1 of 2 pods are ready. (${ago(301)})`],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });

  it('names the canary of a paused rollout, and no other', () => {
    const canary = (more: Partial<ReleaseParts>) =>
      joinRelease(parts(more)).running.map(
        ({ version, canary: is }) => `${version}${is ? '*' : ''}`,
      );
    expect(canary(of(paused(1, 2), [pod('sha-1'), pod('sha-1'), pod()]))).toEqual([
      'sha-2*',
      'sha-1',
    ]);
    expect(canary(of(paused(1, 2), [pod()]))).toEqual(['sha-2']);
    expect(canary(of({}, [pod('sha-1'), pod()]))).toEqual(['sha-2', 'sha-1']);
  });

  it('counts pods whose version cannot be told as such', () => {
    const { running } = joinRelease(parts({ pods: [untold('x'), pod()] }));
    expect(running.map(({ version, pods }) => [version, pods])).toEqual([
      ['sha-2', 1],
      ['unknown', 1],
    ]);
  });

  it('says nothing of what pods are not there before the first sync', () => {
    const untouched = {
      version: undefined,
      operation: undefined,
      sync: { status: 'OutOfSync' },
    } as const;
    expect(verdict(of(untouched, []))).toEqual([
      'drifted',
      `GIT_AHEAD Argo CD has not synced it for the first time yet. (${ago(3600)})`,
    ]);
  });

  it.each<[string, Partial<ReleaseParts>, string]>([
    ['PODS_INVALID', { pods: [untold('x')] }, 'Argo CD: argocd-url'],
    ['ROLLOUT_PAUSED', of(paused(1, 2), [pod()]), 'Argo CD: argocd-url'],
    ['SCALED_TO_ZERO', of({ workloads: { replicas: 0 } }, []), 'Tenant file: values-url'],
    ['BETWEEN_RUNS', of({ workloads: { isPeriodic: true } }, []), 'Argo CD: argocd-url'],
  ])('says where it can be mended: %s', (code, more, expected) => {
    expect(linkOf(code, more)).toBe(expected);
  });
});
