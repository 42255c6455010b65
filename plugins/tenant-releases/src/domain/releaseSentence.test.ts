import type { Release } from '@internal/plugin-tenant-releases-common';
import { ago, createRelease, now } from '../testing/fixtures';
import { releaseSentence } from './releaseSentence';

describe('releaseSentence', () => {
  it.each<[Partial<Release>, string]>([
    [{}, 'demo-api runs sha-1a2b3c4, as Git wants, for 2 h.'],
    [
      { running: [], synced: undefined },
      'demo-api is synced as Git wants; it has no pods that are known.',
    ],
    [
      { state: 'progressing', reasons: [{ code: 'ROLLING_OUT', text: '1 of 3.', since: ago(5) }] },
      'demo-api is on its way to sha-1a2b3c4.',
    ],
    [
      {
        state: 'degraded',
        reasons: [{ code: 'SYNC_FAILED', text: 'Argo CD could not sync: quota.', since: ago(720) }],
      },
      'demo-api is degraded for 12 min: it runs sha-1a2b3c4.',
    ],
    [
      {
        state: 'degraded',
        desired: { version: 'sha-9f8e7d6' },
        reasons: [{ code: 'SYNC_FAILED', text: 'quota' }],
      },
      'demo-api is degraded: it runs sha-1a2b3c4, Git wants sha-9f8e7d6.',
    ],
    [{ state: 'unknown', running: [] }, 'Nobody knows how demo-api is now.'],
    [
      { state: 'drifted', reasons: [{ code: 'MANUAL_CHANGE', text: 'The cluster differs' }] },
      'demo-api has drifted from Git: it runs sha-1a2b3c4.',
    ],
    [
      {
        state: 'held',
        hold: { version: 'sha-1a2b3c4', reason: 'errors', by: 'ada', since: ago(90_000) },
        reasons: [{ code: 'HELD', text: 'Held at …', since: ago(90_000) }],
      },
      'demo-api runs sha-1a2b3c4 and is held there for 25 h: errors.',
    ],
    [
      { state: 'unknown', reasons: [{ code: 'SOURCE_STALE', text: 'Git has not answered yet.' }] },
      'Nobody knows how demo-api is now; last known, it runs sha-1a2b3c4.',
    ],
    ...(
      [
        ['SYNC_BY_HAND', 'waits for somebody to sync it to sha-9f8e7d6; it runs sha-1a2b3c4.'],
        [
          'SYNC_WINDOW_CLOSED',
          'waits for its sync window, to go to sha-9f8e7d6; it runs sha-1a2b3c4.',
        ],
        ['ROLLOUT_PAUSED', 'has paused on its way to sha-9f8e7d6; it runs sha-1a2b3c4.'],
        ['HOOKS_RUNNING', 'is on its way to sha-9f8e7d6.'],
      ] as const
    ).map(([code, expected]): [Partial<Release>, string] => [
      {
        state: 'progressing',
        desired: { version: 'sha-9f8e7d6' },
        reasons: [
          { code: 'GIT_AHEAD', text: 'Git wants …' },
          { code, text: 'more' },
        ],
      },
      `demo-api ${expected}`,
    ]),
    [
      {
        running: [],
        reasons: [{ code: 'SCALED_TO_ZERO', text: '0 replicas by wish', since: ago(600) }],
      },
      'demo-api is scaled to zero, as Git wants, for 10 min.',
    ],
    [
      { running: [], reasons: [{ code: 'BETWEEN_RUNS', text: 'Next run at 03:00' }] },
      'demo-api is between two runs, as Git wants, for 2 h.',
    ],
    [
      {
        state: 'held',
        reasons: [
          { code: 'OVERRIDDEN', text: 'Its Application sets image.tag', since: ago(90_000) },
        ],
      },
      'demo-api runs sha-1a2b3c4 and is pinned there by its Application for 25 h: Its Application sets image.tag.',
    ],
    [
      {
        state: 'held',
        running: [],
        hold: { version: 'sha-1a2b3c4', reason: 'moved out', by: 'ada', since: ago(600) },
        reasons: [
          { code: 'HELD', text: 'Held at …', since: ago(600) },
          { code: 'SCALED_TO_ZERO', text: '0 replicas by wish' },
        ],
      },
      'demo-api is scaled to zero and is held there for 10 min: moved out.',
    ],
  ])('%j', (part, expected) => {
    const delivery = expected.replace(/\.$/, '');
    expect(releaseSentence(createRelease(part), now)).toBe(
      `${delivery}; 0.2 % of its requests fail.`,
    );
  });

  it.each<[string, Partial<Release>, string]>([
    [
      'a version that fails its requests',
      {
        state: 'degraded',
        delivery: 'in-sync',
        serving: {
          status: 'failing',
          errorRatio: 0.333,
          objective: 0.05,
          version: 'sha-1a2b3c4',
          alerts: 2,
        },
        reasons: [{ code: 'ERRORS_ABOVE_OBJECTIVE', text: '33 % fail', since: ago(40) }],
      },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; 33 % of its requests fail since sha-1a2b3c4, 2 alerts fire.',
    ],
    [
      'an alert alone',
      {
        state: 'degraded',
        delivery: 'in-sync',
        serving: { status: 'failing', alerts: 1 },
        reasons: [{ code: 'ALERT_FIRING', text: 'Alert', since: ago(40) }],
      },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; 1 alert fires.',
    ],
    [
      'what nobody has seen run',
      { running: [], serving: undefined },
      'demo-api is synced as Git wants; it has no pods that are known; whether it serves is not measured.',
    ],
    [
      'what was said before Prometheus went away',
      { serving: { status: 'failing', errorRatio: 0.333, objective: 0.05, staleSeconds: 90 } },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; 33 % of its requests fail (last known).',
    ],
    [
      'trouble of which nothing more is said',
      { serving: { status: 'failing' } },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; it does not serve as it should.',
    ],
    [
      'pods that tell no version',
      {
        state: 'drifted',
        serving: undefined,
        running: [{ version: 'unknown', pods: 1, ready: 1 }],
        reasons: [{ code: 'IMAGE_DIFFERS', text: 'x', since: ago(60) }],
      },
      'demo-api has drifted from Git for 1 min: it has pods that tell no version, Git wants sha-1a2b3c4; whether it serves is not measured.',
    ],
    [
      'too few requests',
      { serving: { status: 'idle' } },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; it has too few requests to tell whether it serves.',
    ],
    [
      'no telemetry',
      { serving: undefined },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; whether it serves is not measured.',
    ],
    [
      'nothing measured',
      { serving: { status: 'not-measured', why: 'No series.' } },
      'demo-api runs sha-1a2b3c4, as Git wants, for 2 h; whether it serves is not measured.',
    ],
  ])('says of %s whether it serves', (_, part, expected) => {
    expect(releaseSentence(createRelease(part), now)).toBe(expected);
  });
});
