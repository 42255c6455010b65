import type { Release, ReleaseReason, ReleaseState } from '@internal/plugin-tenant-releases-common';
import { createRelease } from '../testing/fixtures';
import { pinningReason, reasonsToTell, remarkOf, restingReason, waitingReason } from './reasons';

type Code = ReleaseReason['code'];
const release = (state: ReleaseState, codes: readonly Code[], part: Partial<Release> = {}) =>
  createRelease({ state, reasons: codes.map(code => ({ code, text: code })), ...part });
const hold = { version: 'sha-1', reason: 'errors', by: 'ada', since: '2026-11-23T12:00:00Z' };

describe('waitingReason', () => {
  it.each<[ReleaseState, Code[], Code | undefined]>([
    ['progressing', ['SYNC_BY_HAND'], 'SYNC_BY_HAND'],
    ['progressing', ['GIT_AHEAD', 'SYNC_WINDOW_CLOSED'], 'SYNC_WINDOW_CLOSED'],
    ['progressing', ['ROLLOUT_PAUSED'], 'ROLLOUT_PAUSED'],
    ['progressing', ['ROLLOUT_PAUSED', 'ROLLING_OUT'], undefined],
    ['progressing', ['SYNC_BY_HAND', 'HOOKS_RUNNING'], undefined],
    ['progressing', ['ROLLING_OUT'], undefined],
    ['degraded', ['SYNC_FAILED', 'SYNC_BY_HAND'], undefined],
  ])('of one that is %s because of %j: %s', (state, codes, expected) => {
    expect(waitingReason(release(state, codes))?.code).toBe(expected);
  });
});

describe('restingReason', () => {
  it.each<[ReleaseState, Code[], Code | undefined]>([
    ['in-sync', ['SCALED_TO_ZERO'], 'SCALED_TO_ZERO'],
    ['held', ['HELD', 'BETWEEN_RUNS'], 'BETWEEN_RUNS'],
    ['in-sync', [], undefined],
    ['drifted', ['MANUAL_CHANGE', 'SCALED_TO_ZERO'], undefined],
  ])('of one that is %s because of %j: %s', (state, codes, expected) => {
    expect(restingReason(release(state, codes))?.code).toBe(expected);
  });
});

describe('pinningReason', () => {
  it.each<[ReleaseState, Code[], Partial<Release>, Code | undefined]>([
    ['held', ['OVERRIDDEN'], {}, 'OVERRIDDEN'],
    ['held', ['FOLLOWS_OTHER_REVISION'], {}, 'FOLLOWS_OTHER_REVISION'],
    ['held', ['HELD', 'OVERRIDDEN'], { hold }, undefined],
    ['in-sync', ['FOLLOWS_OTHER_REVISION'], {}, undefined],
  ])('of one that is %s because of %j: %j', (state, codes, part, expected) => {
    expect(pinningReason(release(state, codes, part))?.code).toBe(expected);
  });
});

describe('remarkOf', () => {
  it.each<[ReleaseState, Code[], Partial<Release>, string | undefined]>([
    ['in-sync', [], {}, undefined],
    ['in-sync', ['SOURCE_STALE'], {}, undefined],
    ['in-sync', ['SOURCE_STALE', 'SCALED_TO_ZERO'], {}, 'SCALED_TO_ZERO'],
    ['in-sync', ['FOLLOWS_OTHER_REVISION'], {}, 'FOLLOWS_OTHER_REVISION'],
    ['drifted', ['MANUAL_CHANGE', 'OVERRIDDEN'], {}, 'MANUAL_CHANGE'],
    ['held', ['OVERRIDDEN'], {}, 'OVERRIDDEN'],
    ['held', ['HELD'], { hold }, 'errors'],
  ])('of one that is %s because of %j', (state, codes, part, expected) => {
    expect(remarkOf(release(state, codes, part))).toBe(expected);
  });
});

describe('reasonsToTell', () => {
  it.each<[string, ReleaseState, Code[], Partial<Release>, string[], number]>([
    ['nothing', 'in-sync', [], {}, [], 0],
    ['what is beside the point', 'in-sync', ['SOURCE_STALE'], {}, [], 0],
    ['a freeze of what is as Git wants it', 'in-sync', ['FROZEN'], {}, ['FROZEN'], 0],
    [
      'two truths',
      'degraded',
      ['SYNC_FAILED', 'ERRORS_ABOVE_OBJECTIVE'],
      {},
      ['SYNC_FAILED', 'ERRORS_ABOVE_OBJECTIVE'],
      0,
    ],
    [
      'many alerts once, and how many more there are',
      'degraded',
      ['ERRORS_ABOVE_OBJECTIVE', 'ALERT_FIRING', 'ALERT_FIRING', 'ALERT_FIRING'],
      {},
      ['ERRORS_ABOVE_OBJECTIVE', 'ALERT_FIRING'],
      2,
    ],
    [
      'not a hold in the place of what is worse',
      'degraded',
      ['CRASH_LOOPING'],
      { hold },
      ['CRASH_LOOPING', 'errors'],
      0,
    ],
    [
      'a late source where another reason decides',
      'drifted',
      ['MANUAL_CHANGE', 'SOURCE_STALE'],
      {},
      ['MANUAL_CHANGE'],
      0,
    ],
    [
      'a late source where nothing else is known',
      'unknown',
      ['SOURCE_STALE'],
      {},
      ['SOURCE_STALE'],
      0,
    ],
  ])('tells %s', (_, state, codes, part, texts, more) => {
    expect(reasonsToTell(release(state, codes, part))).toEqual({ texts, more });
  });
});
