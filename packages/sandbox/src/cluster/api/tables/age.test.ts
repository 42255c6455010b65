import { humanDuration } from './age';

it.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [190, '3m10s'],
  [600, '10m'],
  [3 * 3600 - 1, '179m'],
  [3 * 3600, '3h'],
  [3 * 3600 + 300, '3h5m'],
  [10 * 3600, '10h'],
  [48 * 3600, '2d'],
  [50 * 3600, '2d2h'],
  [20 * 86400, '20d'],
])('%d seconds are %s', (seconds, expected) => {
  expect(humanDuration(seconds)).toBe(expected);
});
