import { EditError } from './EditError';
import { imageForm } from './imageForm';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['registry.example.com:5000/shop/api:2.1.0', { version: '2.1.0' }],
  ['registry.example.com:5000/shop/api', undefined],
  [`shop/api:2.2.0@${digest}`, { version: '2.2.0', digest }],
  [`shop/api@${digest}`, { version: digest }],
  ['api=ghcr.io/acme/api:3', { version: '3' }],
])('reads %s', (text, version) => expect(imageForm.read(text)).toEqual(version));

it.each([
  ['registry.example.com:5000/shop/api:2.1.0', '1.10', 'registry.example.com:5000/shop/api:1.10'],
  ['api=ghcr.io/acme/api:3', '4', 'api=ghcr.io/acme/api:4'],
  [`shop/api@${digest}`, digest, `shop/api@${digest}`],
])('writes %s', (text, version, expected) => {
  expect(imageForm.write(text, { version })).toBe(expected);
});

it('asks for the digest where one is pinned', () => {
  expect(() => imageForm.write(`a:1@${digest}`, { version: '2' })).toThrow(EditError);
  expect(imageForm.write(`a:1@${digest}`, { version: '2', digest })).toBe(`a:2@${digest}`);
});
