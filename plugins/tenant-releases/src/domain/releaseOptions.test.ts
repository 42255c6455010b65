import { ago, createEntry, now } from '../testing/fixtures';
import { releaseOptions } from './releaseOptions';

describe('releaseOptions', () => {
  it.each([
    [createEntry({ committedAt: ago(7_200) }), 'sha-1a2b3c4 · 2 h ago · Ada'],
    [
      createEntry({ kind: 'rollback', committedAt: ago(60) }),
      'sha-1a2b3c4 · roll-back · 1 min ago · Ada',
    ],
    [
      createEntry({ committedAt: 'who knows', author: 'A'.repeat(80) }),
      `sha-1a2b3c4 · ${'A'.repeat(23)}…`,
    ],
  ])('%#: %j', (entry, label) => {
    expect(releaseOptions([entry], now)).toEqual([{ value: entry.commit, label }]);
  });
});
