import { percent } from './percent';

it.each([
  [0.333, '33 %'],
  [0.995, '99 %'],
  [1e-7, 'under 0.01 %'],
  [0.0637, '6.4 %'],
  [0.005, '0.5 %'],
  [0.00012, '0.012 %'],
  [1, '100 %'],
  [0, '0 %'],
])('percent(%d) is %s', (ratio, text) => {
  expect(percent(ratio)).toBe(text);
});
