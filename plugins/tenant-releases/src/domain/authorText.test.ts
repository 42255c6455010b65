import { authorText } from './authorText';

const pullRequest = { number: 1, url: 'u', title: 't' };

describe('authorText', () => {
  it.each([
    [{ author: 'Ada' }, 'Ada'],
    [{ author: 'renovate[bot]', pullRequest }, 'renovate[bot]'],
    [
      { author: 'renovate[bot]', pullRequest: { ...pullRequest, mergedBy: 'Jo Doe' } },
      'renovate[bot], merged by Jo Doe',
    ],
    [{ pullRequest: { ...pullRequest, mergedBy: 'Jo Doe' } }, undefined],
  ])('of %j is %j', (change, expected) => {
    expect(authorText(change)).toBe(expected);
  });
});
