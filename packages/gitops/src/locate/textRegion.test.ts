import { textRegion } from './textRegion';

it.each<[string, string[], string | undefined, number]>([
  ['v737\n', [], 'v737', 1],
  ['\ufeff\r\nv737\r\n', [], 'v737', 2],
  ['two words', [], undefined, 0],
  ['# c\nexport TAG="1.2" # x\n', ['TAG'], '1.2', 2],
  ['A_TAG=0\nTAG=1\n', ['TAG'], '1', 2],
  ['TAG=\n', ['TAG'], undefined, 0],
])('finds the value of %j', (text, path, value, line) => {
  const region = textRegion(text, path);
  expect(region?.value).toBe(value);
  expect(region?.line ?? 0).toBe(line);
  expect(region && text.slice(region.start, region.end)).toBe(value);
});
