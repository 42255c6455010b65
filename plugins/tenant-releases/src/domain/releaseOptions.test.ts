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

  it('has what is chosen, known or not', () => {
    const [entry, old] = [createEntry(), '0'.repeat(40)];
    const values = releaseOptions([entry], now, [old, entry.commit, old]);
    expect(values.map(({ value }) => value)).toEqual([entry.commit, old]);
    expect(values[1].label).toBe('commit 0000000');
  });
});
