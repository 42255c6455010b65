import { formatImage, lastPart, parseImage } from './imageReference';

const digest = `sha256:${'c'.repeat(64)}`;

it.each([
  ['nginx', { name: 'nginx' }],
  ['nginx:1.25', { name: 'nginx', tag: '1.25' }],
  ['registry.example.com:5000/shop/api', { name: 'registry.example.com:5000/shop/api' }],
  ['registry.example.com:5000/api:2', { name: 'registry.example.com:5000/api', tag: '2' }],
  [`localhost:5000/a/b:1@${digest}`, { name: 'localhost:5000/a/b', tag: '1', digest }],
  [`a@${digest}`, { name: 'a', digest }],
])('reads %s', (text, parts) => {
  expect(parseImage(text)).toEqual(parts);
  expect(formatImage(parts)).toBe(text);
});

it.each(['', 'a b', '{{ .Values.x }}:1', 'a:$TAG', 'a:', 'a@sha256:1', '/a', 'https://a/b:1'])(
  'refuses %j',
  text => expect(parseImage(text)).toBeUndefined(),
);

it('knows what people call it', () => {
  expect(lastPart('ghcr.io/acme/demo-api:1')).toBe('demo-api');
});
