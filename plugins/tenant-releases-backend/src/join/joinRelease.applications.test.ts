import { ago, application, desired, merged, pod, running, parts } from './__testUtils__/parts';
import { linkOf, verdict } from './__testUtils__/verdict';
import { joinRelease } from './joinRelease';
import type { ApplicationState, ReleaseParts } from './releaseParts';

const of = (more: Partial<ApplicationState>): Partial<ReleaseParts> => ({
  application: application(more),
});
/** Git wants sha-2, and sha-1 is synced and runs. */
const behind = (more: Partial<ApplicationState> = {}, seconds = 900): Partial<ReleaseParts> => ({
  desired: merged(seconds),
  application: application({ version: 'sha-1', sync: { status: 'OutOfSync' }, ...more }),
  pods: [pod('sha-1')],
});
const ended =
  'The sync was ended before it was done, by a person or by its time limit: it waits for the next one.';
const gitAhead = 'Git wants sha-2; Argo CD has synced sha-1 so far.';
const differs = 'The cluster differs from Git although the version is the same';

const long = { ...running, startedAt: ago(7_201) };
const skipped =
  'An annotation of the Application tells Argo CD to leave it alone (argocd.argoproj.io/skip-reconcile).';

describe('what the Application says of itself', () => {
  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'a field that cannot be read',
      of({ unreadable: ['spec.project'] }),
      [
        'unknown',
        "APPLICATION_INVALID A part of Argo CD's Application cannot be read: spec.project. Correct it in the Application.",
      ],
    ],
    [
      'three fields',
      of({ unreadable: ['a', 'b', 'c'] }),
      [
        'unknown',
        "APPLICATION_INVALID A part of Argo CD's Application cannot be read: a, b, c. Correct it in the Application.",
      ],
    ],
    [
      'many fields, and one that is a long text',
      of({ unreadable: ['x'.repeat(100), 'b', 'c', 'd', 'e'] }),
      [
        'unknown',
        `APPLICATION_INVALID A part of Argo CD's Application cannot be read: ${'x'.repeat(
          79,
        )}…, b, c and 2 more. Correct it in the Application.`,
      ],
    ],
    ['no field', of({ unreadable: [] }), ['in-sync']],
    [
      'that it is being deleted',
      of({ deletedSince: ago(300) }),
      ['progressing', `APPLICATION_DELETING Argo CD is deleting the Application. (${ago(300)})`],
    ],
    [
      'that it is being deleted, and does not go away',
      of({ deletedSince: ago(301) }),
      ['drifted', `APPLICATION_DELETING Argo CD is deleting the Application. (${ago(301)})`],
    ],
    [
      'that a file which may set the version is read after the tenant’s',
      { ...of({ laterFiles: ['pins/a.yaml'] }), pods: [pod('sha-9')] },
      [
        'unknown',
        expect.stringMatching(
          /^OVERRIDDEN pins\/a\.yaml is read after the tenant file and may set the version: 1 of 1 pods run sha-9 instead of sha-2\./,
        ),
      ],
    ],
    [
      'that a file is read after the tenant’s, which explains no old pods beside new ones',
      { ...of({ laterFiles: ['pins/a.yaml'] }), pods: [pod('sha-9'), pod('sha-2')] },
      ['drifted', expect.stringMatching(/^IMAGE_DIFFERS /)],
    ],
    [
      'that it deploys another image of the same version',
      of({
        imageOverride: { key: 'image.repository', value: 'x.example/demo', by: 'helm.parameters' },
      }),
      [
        'held',
        'OVERRIDDEN The Application overrides image.repository with x.example/demo (helm.parameters).',
      ],
    ],
    [
      'a destination that is none, of which Argo CD can tell no health',
      of({
        destinationProblem: 'no such cluster https://10.0.0.1:6443',
        problem: 'no such cluster',
        sync: { status: 'Unknown' },
        health: { status: 'Unknown' },
      }),
      [
        'degraded',
        'DESTINATION_UNKNOWN The destination is not a cluster that Argo CD knows: no such cluster [address]. Correct spec.destination of the Application.',
      ],
    ],
    [
      'further Applications',
      of({ isAmbiguous: true }),
      [
        'unknown',
        'APPLICATION_AMBIGUOUS More than one Application deploys this tenant; only the first one is shown. Compare what they deploy, and where to, before you delete one.',
      ],
    ],
    [
      'one that only looks like it',
      { application: undefined, mismatches: ['it is in another project', 'it is late'] },
      [
        'unknown',
        "APPLICATION_MISMATCH Argo CD has an Application that looks like this tenant's and is not counted for it: it is in another project, it is late.",
      ],
    ],
    [
      'an override of what Git wants',
      {
        ...of({ version: 'sha-9', override: { version: 'sha-9', by: 'helm.parameters' } }),
        pods: [pod('sha-9')],
      },
      [
        'held',
        'OVERRIDDEN The Application overrides the version with sha-9 (helm.parameters); the tenant file says sha-2 and is overruled.',
      ],
    ],
    [
      'an override that says the same',
      of({ override: { version: 'sha-2', by: 'helm.values' } }),
      ['in-sync', 'OVERRIDDEN The Application overrides the version with sha-2 (helm.values).'],
    ],
    [
      'an override without tenant file',
      { ...of({ override: { version: 'sha-2', by: 'x' } }), desired: desired({ file: undefined }) },
      ['in-sync', 'OVERRIDDEN The Application overrides the version with sha-2 (x).'],
    ],
    [
      'an override that is not synced yet',
      {
        ...of({
          version: 'sha-2',
          sync: { status: 'OutOfSync' },
          override: { version: 'sha-9', by: 'x' },
        }),
      },
      [
        'drifted',
        `MANUAL_CHANGE ${differs}.`,
        'OVERRIDDEN The Application overrides the version with sha-9 (x); the tenant file says sha-2 and is overruled.',
      ],
    ],
    [
      'another branch',
      {
        ...of({
          version: 'sha-7',
          follows: { branch: 'main', revision: 'release', version: 'sha-7' },
        }),
        pods: [pod('sha-7')],
      },
      [
        'in-sync',
        'FOLLOWS_OTHER_REVISION The Application follows release, not main. It holds sha-7 there.',
      ],
    ],
    [
      'another branch of which nobody knows what it holds',
      of({ follows: { branch: 'main', revision: 'x'.repeat(100) } }),
      ['in-sync', `FOLLOWS_OTHER_REVISION The Application follows ${'x'.repeat(79)}…, not main.`],
    ],
    [
      'another branch that is ahead, of which nobody knows since when',
      { ...behind({ follows: { branch: 'main', revision: 'release', version: 'sha-3' } }) },
      [
        'progressing',
        'GIT_AHEAD Git wants sha-3; Argo CD has synced sha-1 so far.',
        'FOLLOWS_OTHER_REVISION The Application follows release, not main. It holds sha-3 there.',
      ],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });

  it('tells the version that it follows as the wanted one', () => {
    const follows = { branch: 'main', revision: 'release', version: 'sha-7' };
    expect(joinRelease(parts(of({ follows }))).desired).toEqual({ version: 'sha-7' });
    const unknown = joinRelease(parts(of({ follows: { branch: 'main', revision: 'release' } })));
    expect(unknown).not.toHaveProperty('desired');
  });
});

describe('how far the sync is', () => {
  const closedWindow = { kind: 'deny', schedule: '0 6 * * *' } as const;
  const until = '2026-11-24T06:00:00Z';

  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'waits for a person, however long',
      behind({ isByHand: true }, 90_000),
      [
        'progressing',
        `SYNC_BY_HAND ${gitAhead} Sync is by hand: it waits for a person. (${ago(90_000)})`,
      ],
    ],
    [
      'waits for a person before it waits for a window',
      behind({ isByHand: true, closedWindow }),
      [
        'progressing',
        `SYNC_BY_HAND ${gitAhead} Sync is by hand: it waits for a person. (${ago(900)})`,
      ],
    ],
    [
      'is forbidden until somebody knows when',
      behind({ closedWindow: { ...closedWindow, until } }, 90_000),
      [
        'progressing',
        `SYNC_WINDOW_CLOSED ${gitAhead} A sync window forbids it until ${until}. (${ago(90_000)})`,
      ],
    ],
    [
      'is not allowed, nobody knows until when',
      behind({ closedWindow: { ...closedWindow, kind: 'allow' } }),
      [
        'progressing',
        `SYNC_WINDOW_CLOSED ${gitAhead} The sync window is closed (schedule 0 6 * * *). (${ago(
          900,
        )})`,
      ],
    ],
    [
      'never began, by hand',
      {
        ...behind({ version: undefined, operation: undefined, isByHand: true }),
        pods: [],
      },
      [
        'progressing',
        `SYNC_BY_HAND Argo CD has not synced it for the first time yet. Sync is by hand: it waits for a person. (${ago(
          900,
        )})`,
      ],
    ],
    ['is late at 301 s', behind({}, 301), ['drifted', `GIT_AHEAD ${gitAhead} (${ago(301)})`]],
    [
      'is not late at 300 s',
      behind({}, 300),
      ['progressing', `GIT_AHEAD ${gitAhead} (${ago(300)})`],
    ],
    [
      'is being ended',
      of({ operation: { ...running, phase: 'Terminating' } }),
      ['progressing', `SYNC_TERMINATED Somebody is ending the sync. (${ago(10)})`],
    ],
    [
      'was ended by somebody',
      of({
        sync: { status: 'OutOfSync' },
        operation: { phase: 'Failed', message: 'Operation terminated', finishedAt: ago(60) },
      }),
      ['progressing', `SYNC_TERMINATED ${ended} (${ago(60)})`],
    ],
    [
      'was ended by somebody, in other words',
      of({
        sync: { status: 'OutOfSync' },
        operation: { phase: 'Error', message: 'the operation was terminated by x' },
      }),
      ['progressing', `SYNC_TERMINATED ${ended}`],
    ],
    [
      'was ended and is of no matter any more',
      of({ operation: { phase: 'Failed', revision: 'r1', message: 'operation terminated' } }),
      ['in-sync'],
    ],
    [
      'failed of what a pod says of its end',
      of({
        sync: { status: 'OutOfSync' },
        operation: { phase: 'Failed', message: 'container terminated' },
      }),
      ['degraded', 'SYNC_FAILED Argo CD could not sync: container terminated'],
    ],
    [
      'failed at what is still compared',
      of({
        sync: { status: 'Synced', revision: 'r2' },
        operation: { phase: 'Failed', revision: 'r2' },
      }),
      ['degraded', 'SYNC_FAILED Argo CD could not sync.'],
    ],
    [
      'failed, and neither revision is known',
      of({ sync: { status: 'Synced' }, operation: { phase: 'Failed' } }),
      ['in-sync'],
    ],
    [
      'is tried again while Git is ahead',
      behind({ operation: { ...running, message: 'no quota. Retrying attempt #1' } }),
      [
        'progressing',
        `SYNC_RETRYING Argo CD could not sync and tries again: no quota. Retrying attempt #1 (${ago(
          10,
        )})`,
        `GIT_AHEAD ${gitAhead} (${ago(900)})`,
      ],
    ],
    [
      'is tried again for more than two hours while Git is ahead',
      behind({ operation: { ...long, message: 'no quota. Retrying attempt #9' } }),
      [
        'degraded',
        `SYNC_RETRYING Argo CD could not sync and tries again: no quota. Retrying attempt #9 (${ago(
          7_201,
        )})`,
        `GIT_AHEAD ${gitAhead} (${ago(900)})`,
      ],
    ],
    [
      'waits for a hook for two hours',
      of({ operation: { ...running, startedAt: ago(7_200), hooks: ['Job/migrate'] } }),
      [
        'progressing',
        `HOOKS_RUNNING Argo CD waits for the hook Job/migrate to end. (${ago(7_200)})`,
      ],
    ],
    [
      'waits for a hook for more than two hours',
      of({ operation: { ...long, hooks: ['Job/migrate'] } }),
      ['drifted', `HOOKS_RUNNING Argo CD waits for the hook Job/migrate to end. (${ago(7_201)})`],
    ],
    [
      'applies something for more than two hours',
      { ...of({ sync: { status: 'OutOfSync' }, operation: long }) },
      ['drifted', `ROLLING_OUT Argo CD is applying a change. (${ago(7_201)})`],
    ],
    [
      'applies another version for more than two hours',
      behind({ operation: long }, 8_000),
      ['drifted', `GIT_AHEAD ${gitAhead} (${ago(8_000)})`],
    ],
    [
      'applies something for more than two hours, and Git has just moved on',
      behind({ operation: long }, 20),
      ['progressing', `GIT_AHEAD ${gitAhead} (${ago(20)})`],
    ],
    [
      'is by hand, and somebody has just asked for it',
      behind({ operation: running, isByHand: true }),
      ['progressing', `GIT_AHEAD ${gitAhead} (${ago(900)})`],
    ],
    [
      'is of a part of the resources, so that nothing else comes',
      behind({ operation: { ...running, isPartial: true } }),
      ['drifted', `GIT_AHEAD ${gitAhead} (${ago(900)})`],
    ],
    [
      'has reached its time limit',
      of({
        operation: {
          ...running,
          phase: 'Terminating',
          message: 'operation is terminating due to timeout',
        },
      }),
      [
        'progressing',
        `SYNC_TERMINATED The sync has reached its time limit and is being ended. (${ago(10)})`,
      ],
    ],
    [
      'is being ended and comes to no end',
      of({ operation: { ...long, phase: 'Terminating' } }),
      ['drifted', `SYNC_TERMINATED Somebody is ending the sync. (${ago(7_201)})`],
    ],
    [
      'waits for what Git no longer holds to be pruned',
      of({ sync: { status: 'OutOfSync' }, leftovers: ['ConfigMap a', 'ConfigMap b'] }),
      [
        'in-sync',
        'LEFTOVERS What Git no longer holds waits to be pruned: ConfigMap a, ConfigMap b.',
      ],
    ],
    [
      'has leftovers beside what somebody has changed',
      of({
        sync: { status: 'OutOfSync' },
        leftovers: ['ConfigMap a'],
        driftedResources: ['Deployment b', `Secret ${'c'.repeat(200)}`],
      }),
      ['drifted', `MANUAL_CHANGE ${differs}: Deployment b, Secret ${'c'.repeat(92)}….`],
    ],
    [
      'is skipped while Git is ahead',
      behind({ isSkipped: true }),
      ['progressing', `RECONCILE_SKIPPED ${gitAhead} ${skipped} (${ago(900)})`],
    ],
    [
      'is skipped, so that nobody knows',
      of({ isSkipped: true }),
      ['unknown', `RECONCILE_SKIPPED ${skipped} Sync and health may be out of date.`],
    ],
    [
      'cannot be compared for a moment',
      of({ sync: { status: 'Unknown' }, problem: 'no repository server', problemSince: ago(60) }),
      [
        'progressing',
        `SYNC_FAILED Argo CD cannot compare Git with the cluster: no repository server (${ago(
          60,
        )})`,
      ],
    ],
    [
      'cannot be compared for longer',
      of({ sync: { status: 'Unknown' }, problem: 'no repository server', problemSince: ago(61) }),
      [
        'degraded',
        `SYNC_FAILED Argo CD cannot compare Git with the cluster: no repository server (${ago(
          61,
        )})`,
      ],
    ],
    [
      'waits for a hook',
      of({ operation: { ...running, hooks: ['Job/migrate', 'Job/other'] } }),
      ['progressing', `HOOKS_RUNNING Argo CD waits for the hook Job/migrate to end. (${ago(10)})`],
    ],
    [
      'waits for a hook that only the message names',
      of({
        operation: { ...running, message: 'waiting for completion of hook batch/Job/migrate' },
      }),
      ['progressing', `HOOKS_RUNNING Argo CD waits for the hook Job/migrate to end. (${ago(10)})`],
    ],
    [
      'waits for a hook without group, while Git is ahead',
      behind({ operation: { ...running, message: 'waiting for completion of hook Pod/x' } }, 20),
      [
        'progressing',
        `HOOKS_RUNNING Argo CD waits for the hook Pod/x to end. (${ago(10)})`,
        `GIT_AHEAD ${gitAhead} (${ago(20)})`,
      ],
    ],
    [
      'applies another version',
      behind({ operation: running }, 20),
      ['progressing', `GIT_AHEAD ${gitAhead} (${ago(20)})`],
    ],
    [
      'applies something of the same version',
      { ...of({ sync: { status: 'OutOfSync' }, operation: running }) },
      ['progressing', `ROLLING_OUT Argo CD is applying a change. (${ago(10)})`],
    ],
    ['runs although all is in sync', of({ operation: running }), ['in-sync']],
    [
      'has just ended, and the comparison is from before',
      of({
        sync: { status: 'OutOfSync', revision: 'r2' },
        operation: { phase: 'Succeeded', revision: 'r2', finishedAt: ago(15) },
      }),
      [
        'progressing',
        `ROLLING_OUT Argo CD has applied a change and is looking at the result. (${ago(15)})`,
      ],
    ],
    [
      'has ended, and somebody has changed the cluster',
      of({
        sync: { status: 'OutOfSync', revision: 'r2' },
        operation: { phase: 'Succeeded', revision: 'r2', finishedAt: ago(16) },
      }),
      ['drifted', `MANUAL_CHANGE ${differs}.`],
    ],
    [
      'waits for settings that have changed, too long',
      of({
        sync: { status: 'OutOfSync', revision: 'r3' },
        inputs: { changed: true, at: ago(400) },
      }),
      ['drifted', `GIT_AHEAD Git has changed settings that are not synced yet. (${ago(400)})`],
    ],
    [
      'has another revision with the same settings',
      of({ sync: { status: 'OutOfSync', revision: 'r3' }, inputs: { changed: false } }),
      ['drifted', `MANUAL_CHANGE ${differs}.`],
    ],
    [
      'has settings by hand',
      of({ sync: { status: 'OutOfSync', revision: 'r3' }, isByHand: true }),
      [
        'progressing',
        'SYNC_BY_HAND Git has changed settings that are not synced yet. Sync is by hand: it waits for a person.',
      ],
    ],
    [
      'is not told',
      of({ sync: { status: 'Unknown' } }),
      ['unknown', 'SYNC_UNKNOWN Argo CD does not say whether it is in sync with Git.'],
    ],
    [
      'is not told since it cannot be compared',
      of({ sync: { status: 'Unknown' }, problem: 'no chart' }),
      ['degraded', 'SYNC_FAILED Argo CD cannot compare Git with the cluster: no chart'],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });
});

describe('health', () => {
  const degraded = { status: 'Degraded', message: 'no leader' } as const;

  it.each<[string, Partial<ReleaseParts>, string[]]>([
    [
      'that became worse a moment ago is no alarm yet',
      of({ health: degraded, healthSince: ago(60) }),
      ['progressing', `HEALTH_DEGRADED Argo CD calls it Degraded: no leader (${ago(60)})`],
    ],
    [
      'that stays worse is one',
      of({ health: degraded, healthSince: ago(61) }),
      ['degraded', `HEALTH_DEGRADED Argo CD calls it Degraded: no leader (${ago(61)})`],
    ],
    [
      'of which nobody knows since when is one',
      of({ health: degraded }),
      ['degraded', 'HEALTH_DEGRADED Argo CD calls it Degraded: no leader'],
    ],
    [
      'is waited for as long as is configured',
      { ...of({ health: degraded, healthSince: ago(200) }), graceSeconds: 300 },
      ['progressing', `HEALTH_DEGRADED Argo CD calls it Degraded: no leader (${ago(200)})`],
    ],
    [
      'is waited for not at all',
      { ...of({ health: degraded, healthSince: ago(1) }), graceSeconds: 0 },
      ['degraded', `HEALTH_DEGRADED Argo CD calls it Degraded: no leader (${ago(1)})`],
    ],
    [
      'that nobody can tell',
      of({ health: { status: 'Unknown', message: 'no answer of https://x' }, healthSince: ago(5) }),
      [
        'unknown',
        `HEALTH_UNKNOWN Argo CD cannot tell its health: no answer of [address] (${ago(5)})`,
      ],
    ],
    [
      'of parts that are missing for a moment',
      of({ health: { status: 'Missing', message: 'gone' }, healthSince: ago(60) }),
      ['progressing', `HEALTH_DEGRADED Parts of it are missing in the cluster: gone (${ago(60)})`],
    ],
    [
      'of parts that are missing',
      of({ health: { status: 'Missing', message: 'gone' }, healthSince: ago(61) }),
      ['degraded', `HEALTH_DEGRADED Parts of it are missing in the cluster: gone (${ago(61)})`],
    ],
    [
      'of parts that are not there before a person syncs them',
      behind({ isByHand: true, health: { status: 'Missing' }, healthSince: ago(900) }),
      [
        'progressing',
        `SYNC_BY_HAND ${gitAhead} Sync is by hand: it waits for a person. (${ago(900)})`,
        `HEALTH_DEGRADED Parts of it are missing in the cluster. (${ago(900)})`,
      ],
    ],
    [
      'of parts that are missing although Git is not ahead, by hand',
      of({ isByHand: true, health: { status: 'Missing' }, healthSince: ago(900) }),
      ['degraded', `HEALTH_DEGRADED Parts of it are missing in the cluster. (${ago(900)})`],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(more)).toEqual(expected);
  });
});

describe('where each of it can be mended', () => {
  const argocd = 'Argo CD: argocd-url';
  it.each<[string, Partial<ReleaseParts>, string]>([
    ['APPLICATION_INVALID', of({ unreadable: ['x'] }), argocd],
    ['DESTINATION_UNKNOWN', of({ destinationProblem: 'x' }), argocd],
    ['APPLICATION_AMBIGUOUS', of({ isAmbiguous: true }), argocd],
    [
      'APPLICATION_MISMATCH',
      { application: undefined, mismatches: ['x'] },
      'Tenant file: values-url',
    ],
    ['APPLICATION_DELETING', of({ deletedSince: ago(9) }), argocd],
    ['RECONCILE_SKIPPED', of({ isSkipped: true }), argocd],
    ['LEFTOVERS', of({ sync: { status: 'OutOfSync' }, leftovers: ['x'] }), argocd],
    ['OVERRIDDEN', of({ override: { version: 'x', by: 'y' } }), argocd],
    ['FOLLOWS_OTHER_REVISION', of({ follows: { branch: 'main', revision: 'x' } }), argocd],
    ['SYNC_BY_HAND', behind({ isByHand: true }), argocd],
    ['SYNC_WINDOW_CLOSED', behind({ closedWindow: { kind: 'allow', schedule: 'x' } }), argocd],
    ['SYNC_RETRYING', of({ operation: { ...running, message: 'Retrying attempt #1' } }), argocd],
    ['SYNC_TERMINATED', of({ operation: { phase: 'Terminating' } }), argocd],
    ['HOOKS_RUNNING', of({ operation: { ...running, hooks: ['Job/x'] } }), argocd],
    ['SYNC_UNKNOWN', of({ sync: { status: 'Unknown' } }), argocd],
    ['HEALTH_UNKNOWN', of({ health: { status: 'Unknown' } }), argocd],
  ])('%s', (code, more, expected) => {
    expect(linkOf(code, more)).toBe(expected);
  });
});
