import { qualifySentence } from './qualifySentence';

describe('qualifySentence', () => {
  it.each([
    [0, 'All 3 tenants run what Git wants.'],
    [1, 'All 3 tenants run what Git wants. 1 row is last known.'],
    [2, 'All 3 tenants run what Git wants. 2 rows are last known.'],
    [3, 'Last known: all 3 tenants run what Git wants.'],
  ])('with %d of 3 stale: %s', (stale, text) => {
    expect(qualifySentence('All 3 tenants run what Git wants.', stale, 3)).toBe(text);
  });

  it('says numbers as they are said elsewhere', () => {
    expect(qualifySentence('Two.', 1_000, 5_000)).toBe('Two. 1,000 rows are last known.');
  });
});
