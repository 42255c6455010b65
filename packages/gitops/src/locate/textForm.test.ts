import { textForm } from './textForm';

it.each([
  ['v737', { version: 'v737' }, '1', '1'],
  ['busybox:1.36', { version: '1.36' }, '1.37', 'busybox:1.37'],
])('reads and writes %s', (text, version, next, changed) => {
  expect(textForm.read(text)).toEqual(version);
  expect(textForm.write(text, { version: next })).toBe(changed);
});
