import { commit } from '../testing/detailFixtures';
import { createEntry } from '../testing/fixtures';
import { readCommitPair, withPrevious, writeCommitPair } from './commitPair';

const pair = { from: commit('1'), to: commit('a') };

describe('readCommitPair', () => {
  it('reads what was written', () => {
    expect(readCommitPair(writeCommitPair(pair))).toEqual(pair);
  });

  it.each([
    '',
    commit('1'),
    `${commit('1')}..`,
    `${commit('1')}...${commit('2')}`,
    `${commit('1')}..${commit('g')}`,
    `${commit('1')}..${commit('2')}&x=1`,
    `../${commit('1')}..${commit('2')}`,
  ])('takes %j for nothing', text => {
    expect(readCommitPair(text)).toBeUndefined();
  });
});

describe('withPrevious', () => {
  it('pairs a change with the one before it; the oldest has none', () => {
    const entries = [createEntry({ commit: commit('a') }), createEntry({ commit: commit('1') })];
    expect(withPrevious(entries, entries[0])).toEqual(pair);
    expect(withPrevious(entries, entries[1])).toBeUndefined();
  });
});
