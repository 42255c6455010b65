import { DockerConfigError, parseDockerConfig } from './dockerConfig';

const auth = Buffer.from('ci:secret:word').toString('base64');
const credentials = { username: 'ci', password: 'secret:word' };
const read = (config: unknown) => parseDockerConfig(JSON.stringify(config));

it.each([
  ['ghcr.io', 'ghcr.io', ''],
  ['https://ghcr.io', 'ghcr.io', ''],
  ['https://index.docker.io/v1/', 'docker.io', ''],
  ['https://registry.example.com:5000/v2/', 'registry.example.com:5000', ''],
  ['registry.example.com/team/', 'registry.example.com', 'team'],
])('reads auths of %s', (key, host, path) => {
  expect(read({ auths: { [key]: { auth } } })).toEqual([{ host, path, credentials }]);
  expect(read({ auths: { [key]: credentials } })).toEqual([{ host, path, credentials }]);
  expect(read({ auths: { [key]: {} } })).toEqual([{ host, path }]);
});

it('names what it does not support', () => {
  const config = {
    auths: { 'ghcr.io': {}, 'acr.example.com': { auth, identitytoken: 'token' } },
    credHelpers: { 'ecr.example.com': 'ecr-login' },
    credsStore: 'desktop',
  };
  expect(read(config).map(({ host, notSupported }) => [host, notSupported])).toEqual([
    ['ecr.example.com', 'credHelpers ecr-login is not supported'],
    ['ghcr.io', 'credsStore desktop is not supported'],
    ['acr.example.com', 'identitytoken is not supported'],
  ]);
});

it.each([
  ['', 'is no JSON: name a config.json of Docker'],
  ['[]', 'it is not as Docker writes it'],
  [
    '{"auths":{"ghcr.io":{"auth":["secret-word"]}}}',
    'auths.ghcr.io.auth is not as Docker writes it',
  ],
  ['{"auths":{"ghcr.io":"secret-word"}}', 'auths.ghcr.io is not as Docker writes it'],
  [
    '{"auths":{"ghcr.io":{"auth":"secret-word"}}}',
    'auths.ghcr.io.auth is no "user:password" in base64',
  ],
])('refuses %s without repeating a secret', (text, message) => {
  expect(() => parseDockerConfig(text)).toThrow(new DockerConfigError(message));
});
