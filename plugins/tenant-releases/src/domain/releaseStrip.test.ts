import type { Release } from '@internal/plugin-tenant-releases-common';
import { ago, createRelease, now } from '../testing/fixtures';
import { type StripExplanation, explainStrip } from './releaseStrip';

const behind: Partial<Release> = {
  synced: { version: 'sha-0000001', status: 'OutOfSync' },
  desired: { version: 'sha-1a2b3c4', committedAt: ago(720) },
};

/** Where it stopped, and the sentences that are shown. */
interface Told {
  stoppedAt: StripExplanation['stoppedAt'];
  text: string;
}

describe('explainStrip', () => {
  it.each<[string, Partial<Release>, Told | undefined]>([
    ['all agree', {}, undefined],
    [
      'all agree, a source is late: said where the source stands',
      { reasons: [{ code: 'SOURCE_STALE', text: 'late' }], staleSeconds: 5 },
      undefined,
    ],
    [
      'Argo CD is behind',
      { ...behind, state: 'progressing', reasons: [{ code: 'GIT_AHEAD', text: 'Git wants …' }] },
      {
        stoppedAt: 'synced',
        text: 'Git is 12 min ahead: Argo CD is still at sha-0000001.',
      },
    ],
    [
      'Argo CD could not sync',
      {
        ...behind,
        state: 'degraded',
        reasons: [
          { code: 'SYNC_FAILED', text: 'Argo CD could not sync: exceeded quota' },
          { code: 'GIT_AHEAD', text: 'Git wants …' },
        ],
      },
      {
        stoppedAt: 'synced',
        text: 'Git is 12 min ahead: Argo CD is still at sha-0000001. Argo CD could not sync: exceeded quota',
      },
    ],
    [
      'the age is not known',
      { ...behind, desired: { version: 'sha-1a2b3c4' } },
      { stoppedAt: 'synced', text: 'Git is ahead: Argo CD is still at sha-0000001.' },
    ],
    [
      'the same version, changed by hand',
      { state: 'drifted', reasons: [{ code: 'MANUAL_CHANGE', text: 'The cluster differs.' }] },
      { stoppedAt: 'synced', text: 'The cluster differs.' },
    ],
    [
      'pods are on their way, with a reason',
      {
        state: 'progressing',
        reasons: [{ code: 'ROLLING_OUT', text: '1 of 3 pods run sha-1a2b3c4.' }],
        running: [
          { version: 'sha-1a2b3c4', pods: 1, ready: 1 },
          { version: 'sha-0000001', pods: 2, ready: 2 },
        ],
      },
      { stoppedAt: 'running', text: '1 of 3 pods run sha-1a2b3c4.' },
    ],
    [
      'pods are not ready, without a reason',
      { running: [{ version: 'sha-1a2b3c4', pods: 3, ready: 2 }] },
      { stoppedAt: 'running', text: '2 of 3 pods are ready on sha-1a2b3c4.' },
    ],
    [
      'no pods',
      { state: 'degraded', running: [], reasons: [{ code: 'NO_PODS', text: 'No pod is there.' }] },
      { stoppedAt: 'running', text: 'No pod is there.' },
    ],
    [
      'not in Git',
      {
        desired: undefined,
        state: 'drifted',
        reasons: [{ code: 'NOT_IN_GIT', text: 'Git holds no tenant file' }],
      },
      { stoppedAt: 'desired', text: 'Git holds no tenant file' },
    ],
    [
      'waits for a person: nothing rolls out',
      {
        ...behind,
        state: 'progressing',
        reasons: [
          { code: 'SYNC_BY_HAND', text: 'Somebody has to press Sync.' },
          { code: 'GIT_AHEAD', text: 'Git wants …' },
        ],
      },
      {
        stoppedAt: 'synced',
        text: 'Git is 12 min ahead: Argo CD is still at sha-0000001. Somebody has to press Sync.',
      },
    ],
    [
      'a window is closed while the versions are the same',
      {
        state: 'progressing',
        reasons: [{ code: 'SYNC_WINDOW_CLOSED', text: 'No sync until 06:00.' }],
      },
      { stoppedAt: 'synced', text: 'No sync until 06:00.' },
    ],
    [
      'a paused rollout',
      {
        state: 'progressing',
        reasons: [{ code: 'ROLLOUT_PAUSED', text: 'Paused at step 2 of 5.' }],
        running: [
          { version: 'sha-0000001', pods: 2, ready: 2 },
          { version: 'sha-1a2b3c4', pods: 1, ready: 1, canary: true },
        ],
      },
      { stoppedAt: 'running', text: 'Paused at step 2 of 5.' },
    ],
    [
      'the Application sets another version: Git is not ahead of it',
      {
        ...behind,
        state: 'held',
        reasons: [{ code: 'OVERRIDDEN', text: 'The Application sets image.tag.' }],
        running: [{ version: 'sha-0000001', pods: 3, ready: 3 }],
      },
      { stoppedAt: 'synced', text: 'The Application sets image.tag.' },
    ],
    [
      'the Application follows a tag',
      {
        ...behind,
        state: 'held',
        reasons: [{ code: 'FOLLOWS_OTHER_REVISION', text: 'It follows v1.' }],
        running: [{ version: 'sha-0000001', pods: 3, ready: 3 }],
      },
      { stoppedAt: 'synced', text: 'It follows v1.' },
    ],
    [
      'scaled to zero: goes its way, and says so',
      { running: [], reasons: [{ code: 'SCALED_TO_ZERO', text: '0 replicas by wish.' }] },
      { stoppedAt: undefined, text: '0 replicas by wish.' },
    ],
    [
      'a job between two runs',
      { running: [], reasons: [{ code: 'BETWEEN_RUNS', text: 'Next run at 03:00.' }] },
      { stoppedAt: undefined, text: 'Next run at 03:00.' },
    ],
    ...(
      [
        ['SYNC_TERMINATED', 'drifted', 'synced'],
        ['SYNC_UNKNOWN', 'unknown', 'synced'],
        ['HOOKS_RUNNING', 'progressing', 'synced'],
        ['DESTINATION_UNKNOWN', 'degraded', 'synced'],
        ['APPLICATION_INVALID', 'unknown', 'synced'],
        ['APPLICATION_MISMATCH', 'unknown', 'synced'],
        ['APPLICATION_AMBIGUOUS', 'unknown', 'synced'],
        ['HEALTH_UNKNOWN', 'unknown', 'running'],
        ['PODS_INVALID', 'unknown', 'running'],
      ] as const
    ).map(([code, state, stoppedAt]): [string, Partial<Release>, Told] => [
      code,
      { state, reasons: [{ code, text: 'A sentence.' }] },
      { stoppedAt, text: 'A sentence.' },
    ]),
    [
      'held: told with the state',
      { state: 'held', reasons: [{ code: 'HELD', text: 'Held.' }] },
      undefined,
    ],
  ])('%s', (_, part, expected) => {
    const told = explainStrip(createRelease(part), now);
    expect(
      told && {
        stoppedAt: told.stoppedAt,
        text: [told.fact, ...told.reasons.map(({ text }) => text)].filter(Boolean).join(' '),
      },
    ).toEqual(expected);
  });
});
