import { defaultRegistryUrl, registryUrlProblem } from './registrySettings';

it.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['ghcr.io', 'https://ghcr.io'],
  ['registry.example.com:5000', 'https://registry.example.com:5000'],
  ['localhost:5000', 'http://localhost:5000'],
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['localhost.example.com', 'https://localhost.example.com'],
])('finds %s', (host, url) => expect(defaultRegistryUrl(host)).toBe(url));

it.each([
  ['https://registry.example.com/path', true, /^$/],
  ['http://registry.example.com', false, /^$/],
  ['http://localhost:5000', true, /^$/],
  ['http://registry.example.com', true, /credentials/],
  ['https://a:b@registry.example.com', false, /password/],
  ['https://registry.example.com/?a', false, /query/],
  ['ftp://registry.example.com', false, /must begin/],
  ['registry', false, /must begin/],
])('judges %s', (text, hasCredentials, problem) => {
  expect(registryUrlProblem(text, hasCredentials) ?? '').toMatch(problem);
});
