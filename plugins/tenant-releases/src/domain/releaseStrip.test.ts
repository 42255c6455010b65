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
