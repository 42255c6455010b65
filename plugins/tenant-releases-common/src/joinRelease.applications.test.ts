import { ago, application, desired, merged, pod, running } from './__testUtils__/parts';
import { linkOf, verdict } from './__testUtils__/verdict';
import { joinRelease } from './joinRelease';
import { parts } from './__testUtils__/parts';
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
const gitAhead = 'Git wants sha-2; Argo CD has synced sha-1 so far.';
const differs = 'The cluster differs from Git although the version is the same';

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
        'APPLICATION_AMBIGUOUS More than one Application deploys this tenant; only the first one is shown. Delete the others.',
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
      [
        'progressing',
        `SYNC_TERMINATED Somebody ended the sync before it was done: it waits for the next one. (${ago(
          60,
        )})`,
      ],
    ],
    [
      'was ended by somebody, in other words',
      of({
        sync: { status: 'OutOfSync' },
        operation: { phase: 'Error', message: 'the operation was terminated by x' },
      }),
      [
        'progressing',
        'SYNC_TERMINATED Somebody ended the sync before it was done: it waits for the next one.',
      ],
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
        'drifted',
        `GIT_AHEAD ${gitAhead} (${ago(900)})`,
        `SYNC_RETRYING Argo CD could not sync and tries again: no quota. Retrying attempt #1 (${ago(
          10,
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
      'of parts that are missing',
      of({ health: { status: 'Missing', message: 'gone' }, healthSince: ago(5) }),
      ['degraded', `HEALTH_DEGRADED Parts of it are missing in the cluster: gone (${ago(5)})`],
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
