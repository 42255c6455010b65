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

it('writes no tag in the place of a digest, and no digest in that of a tag', () => {
  expect(() => tagForm.write(digest, { version: '2' })).toThrow('it is a digest');
  expect(() => tagForm.write('1', { version: digest })).toThrow('it is a tag');
});
