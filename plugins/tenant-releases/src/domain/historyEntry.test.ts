import type { HistoryEntry } from '@internal/plugin-tenant-releases-common';
import { ago, createEntry } from '../testing/fixtures';
import { currentEntry, stepDurations } from './historyEntry';

describe('stepDurations', () => {
  it.each<[Partial<HistoryEntry>, string | undefined]>([
    [{}, '4 s → 27 s'],
    [{ runningAt: undefined }, '4 s → ?'],
    [{ syncedAt: undefined }, '? → ?'],
    [{ syncedAt: undefined, runningAt: undefined }, undefined],
    [{ syncedAt: ago(9999) }, '? → 46 min'],
    [
      { pullRequest: { number: 1, url: 'https://git.test/1', title: 'x', mergedAt: ago(7_228) } },
      '1 s → 27 s',
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
