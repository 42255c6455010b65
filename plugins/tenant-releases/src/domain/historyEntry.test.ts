import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { ago, createEntry } from '../testing/fixtures';
import { commitLink, currentEntry, releaseSteps, stepDurations, timeInUse } from './historyEntry';

describe('stepDurations', () => {
  it.each<[Partial<HistoryEntry>, string | undefined]>([
    [{}, '4 s to sync, 27 s to run'],
    [{ runningAt: undefined }, '4 s to sync, run not seen'],
    [{ syncedAt: undefined }, 'sync not seen, run not seen'],
    [{ syncedAt: undefined, runningAt: undefined }, undefined],
    [{ syncedAt: ago(9999) }, 'sync not seen, 46 min to run'],
    [
      { pullRequest: { number: 1, url: 'https://git.test/1', title: 'x', mergedAt: ago(7_228) } },
      '1 s to sync, 27 s to run',
    ],
  ])('%j', (part, expected) => {
    expect(stepDurations(createEntry(part))).toBe(expected);
  });
});

describe('currentEntry', () => {
  const settings = createEntry({ kind: 'settings', commit: 'c3' });
  const again = createEntry({ kind: 'rollback', commit: 'c2' });
  const first = createEntry({ commit: 'c1' });
  it('is the newest that brought the version', () => {
    expect(currentEntry([settings, again, first], 'sha-1a2b3c4')).toBe(again);
    expect(currentEntry([settings, again, first], 'sha-other')).toBeUndefined();
  });
});

describe('timeInUse', () => {
  const entries = [
    createEntry({ kind: 'settings', version: 'v3', committedAt: ago(10) }),
    createEntry({ version: 'v3', committedAt: ago(100) }),
    createEntry({ kind: 'settings', version: 'v2', committedAt: ago(200) }),
    createEntry({ version: 'v2', committedAt: ago(300) }),
  ];
  it.each([
    [1, { from: ago(100) }],
    [3, { from: ago(300), until: ago(100), replacedBy: 'v3' }],
    [2, { from: ago(200), until: ago(100), replacedBy: 'v3' }],
  ])('of entry %d', (index, expected) => {
    expect(timeInUse(entries, entries[index])).toEqual(expected);
  });
});

describe('releaseSteps', () => {
  it('leaves out what nobody saw, and what clocks turn round', () => {
    expect(releaseSteps(createEntry())).toEqual({ sync: 4, rollOut: 27 });
    expect(releaseSteps(createEntry({ syncedAt: ago(9_999) }))).toEqual({ rollOut: 2_799 });
    expect(releaseSteps(createEntry({ syncedAt: undefined }))).toEqual({});
  });
});

describe('commitLink', () => {
  it.each([
    [
      'https://git.test/acme/platform/blob/main/gitops/a.yaml',
      'https://git.test/acme/platform/commit/c1',
    ],
    [
      'http://localhost:7101/acme/platform/blob/main/x/blob/y',
      'http://localhost:7101/acme/platform/commit/c1',
    ],
    ['https://git.test/elsewhere', undefined],
    ['data:text/html,alert(1)/acme/platform/blob/x', undefined],
    [undefined, undefined],
  ])('%s: %s', (values, expected) => {
    expect(commitLink(values, 'c1')).toBe(expected);
  });
});
