import type { Release } from '@internal/plugin-tenant-releases-common';
import { ago, createRelease } from '../testing/fixtures';
import { mergedAt, stateSince } from './stateSince';

describe('stateSince', () => {
  it.each<[string, Partial<Release>, string | undefined]>([
    ['in sync: its oldest pod', {}, ago(7200)],
    ['in sync without pods: the last sync', { running: [] }, ago(7227)],
    [
      'in sync, scaled to zero: since then',
      {
        running: [],
        reasons: [{ code: 'SCALED_TO_ZERO', text: '0 replicas by wish', since: ago(60) }],
      },
      ago(60),
    ],
    ['nothing known', { running: [], synced: undefined }, undefined],
    [
      'in sync while a source is late: not since the outage',
      { reasons: [{ code: 'SOURCE_STALE', text: 'late', since: ago(60) }] },
      ago(7200),
    ],
    [
      'another state: its first reason',
      {
        state: 'degraded',
        reasons: [
          { code: 'SYNC_FAILED', text: 'quota', since: ago(600) },
          { code: 'SOURCE_STALE', text: 'late', since: ago(60) },
        ],
      },
      ago(600),
    ],
    [
      'another state whose reason has no time: nobody knows',
      { state: 'drifted', reasons: [{ code: 'MANUAL_CHANGE', text: 'differs' }] },
      undefined,
    ],
  ])('%s', (_, part, expected) => {
    expect(stateSince(createRelease(part))).toBe(expected);
  });
});

describe('mergedAt', () => {
  it('is the merge where there was one, else the commit', () => {
    expect(mergedAt(createRelease().desired)).toBe(ago(7231));
    expect(mergedAt({ committedAt: ago(5) })).toBe(ago(5));
    expect(mergedAt(undefined)).toBeUndefined();
  });
});
