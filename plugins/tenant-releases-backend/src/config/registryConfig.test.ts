import { ConfigReader } from '@backstage/config';
import type { JsonValue } from '@backstage/types';
import { readRegistryConfig } from './registryConfig';

const read = (registry?: JsonValue) =>
  readRegistryConfig(new ConfigReader({ tenantReleases: registry ? { registry } : {} }));
const dockerConfig = (auths: object) => JSON.stringify({ auths });
const credentials = { username: 'ci', password: 'secret-word' };

it('asks no registry unless one is named', () => {
  expect(read()).toEqual({ registries: [], problems: [] });
});

it('reads registries with and without credentials, and at other addresses', () => {
  expect(
    read([
      { host: 'GHCR.io', ...credentials },
      { host: 'docker.io' },
      { host: 'quay.io', url: 'http://registry.internal:5000/' },
      {
        host: 'registry.example.com',
        dockerConfig: dockerConfig({
          'registry.example.com/team': credentials,
          'other.example.com': credentials,
        }),
      },
    ]),
  ).toEqual({
    registries: [
      { host: 'ghcr.io', path: '', url: 'https://ghcr.io', credentials },
      { host: 'docker.io', path: '', url: 'https://registry-1.docker.io' },
      { host: 'quay.io', path: '', url: 'http://registry.internal:5000' },
      {
        host: 'registry.example.com',
        path: 'team',
        url: 'https://registry.example.com',
        credentials,
      },
      { host: 'registry.example.com', path: '', url: 'https://registry.example.com' },
    ],
    problems: [],
  });
});

it.each<[JsonValue, string]>([
  ['ghcr.io', 'tenantReleases.registry has the wrong type'],
  [[{}], 'tenantReleases.registry[0].host has the wrong type'],
  [[{ host: 'https://ghcr.io' }], 'must be a host, such as ghcr.io'],
  [[{ host: 'ghcr.io', token: 'secret-word' }], 'tenantReleases.registry[0]'],
  [[{ host: 'ghcr.io', username: 'ci' }], 'username and password belong together'],
  [
    [{ host: 'ghcr.io', url: 'http://registry.internal', ...credentials }],
    'tenantReleases.registry[0].url must begin with https://, because credentials are sent there',
  ],
  [[{ host: 'ghcr.io', url: 'https://ci:secret-word@a' }], 'must hold no password'],
  [[{ host: 'ghcr.io', dockerConfig: 'secret-word' }], 'dockerConfig is no JSON'],
  [[{ host: 'ghcr.io', dockerConfig: dockerConfig({}) }], 'dockerConfig has no auths for ghcr.io'],
  [
    [{ host: 'ghcr.io', dockerConfig: dockerConfig({ 'ghcr.io': {} }), ...credentials }],
    'keep one of them',
  ],
])('leaves out %j and says why', (registry, problem) => {
  const { registries, problems } = read(registry);
  expect(registries).toEqual([]);
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect(problems.join()).not.toContain('secret-word');
});

it('takes the first of two that are the same', () => {
  const { registries, problems } = read([{ host: 'docker.io' }, { host: 'index.docker.io' }]);
  expect(registries).toHaveLength(1);
  expect(problems).toEqual([
    'tenantReleases.registry[1].host docker.io is there twice; remove one of them',
  ]);
});
