import { tagForm } from './tagForm';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['1.2.3', { version: '1.2.3' }],
  [`1.2.3@${digest}`, { version: '1.2.3', digest }],
  [digest, { version: digest }],
  ['', undefined],
  ['{{ tag }}', undefined],
  ['$TAG', undefined],
  ['1.2.3@sha256:1', undefined],
])('reads %j', (text, version) => expect(tagForm.read(text)).toEqual(version));

it('replaces the digest with the tag', () => {
  expect(tagForm.write(`1@${digest}`, { version: '2' })).toBe('2');
  expect(tagForm.write('1', { version: '2', digest })).toBe(`2@${digest}`);
});
