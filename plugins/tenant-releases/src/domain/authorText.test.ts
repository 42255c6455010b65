import { authorText } from './authorText';

const pullRequest = { number: 1, url: 'u', title: 't' };
const merged = (mergedBy: string, mergedByBot?: true) => ({
  pullRequest: { ...pullRequest, mergedBy, ...(mergedByBot ? { mergedByBot } : {}) },
});

describe('authorText', () => {
  it.each([
    [{ author: 'Ada' }, 'Ada'],
    [{ author: 'Ada', pullRequest }, 'Ada'],
    [{ author: 'Ada', ...merged('Ada') }, 'Ada'],
    [{ author: 'Ada', ...merged('Lin') }, 'Ada, merged by Lin'],
    [{ author: 'Ada', ...merged('mergify[bot]', true) }, 'Ada, merged by mergify (bot)'],
    [{ author: 'renovate[bot]', pullRequest }, 'renovate (bot)'],
    [{ author: 'Image Updater', isBot: true }, 'Image Updater (bot)'],
    [
      { author: 'renovate[bot]', ...merged('Jo Doe') },
      'merged by Jo Doe, written by renovate (bot)',
    ],
    [{ author: '[bot]' }, '[bot] (bot)'],
    [{ ...merged('Jo Doe') }, 'merged by Jo Doe'],
    [{ pullRequest }, undefined],
  ])('of %j is %j', (change, expected) => {
    expect(authorText(change)).toBe(expected);
  });
});
