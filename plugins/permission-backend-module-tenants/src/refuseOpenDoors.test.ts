import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { refuseOpenDoors } from './refuseOpenDoors';

const at = (baseUrl: string, listen?: JsonObject | string | number) => ({
  backend: { baseUrl, ...(listen === undefined ? {} : { listen }) },
});

const check = (settings: JsonObject) =>
  refuseOpenDoors(
    mockServices.rootConfig({
      data: {
        permission: { enabled: true },
        ...at('https://portal.example.com', '127.0.0.1:7007'),
        ...settings,
      },
    }),
  );

const guest = (environment?: string) => ({
  auth: { ...(environment ? { environment } : {}), providers: { guest: {} } },
});

describe('refuseOpenDoors', () => {
  it.each<[string, JsonObject]>([
    ['real sign-in', { auth: { environment: 'production', providers: { oidc: {} } } }],
    [
      'a trial on this machine',
      {
        ...guest('development'),
        ...at('http://localhost:7007', { host: '127.0.0.1', port: 7007 }),
      },
    ],
    [
      'a trial on the loopback address',
      { ...guest('development'), ...at('http://127.0.0.1:7007', { host: '::1' }) },
    ],
    ['a trial on loopback', { ...guest('development'), ...at('http://[::1]:7007', '[::1]:7007') }],
    [
      'a trial on a name of this machine',
      { ...guest('development'), ...at('http://localhost:7007', 'localhost:7007') },
    ],
  ])('accepts %s', (_, settings) => {
    expect(() => check(settings)).not.toThrow();
  });

  it.each<[string, JsonObject, string]>([
    ['guests', guest(), 'auth.providers.guest must be removed'],
    ...[
      undefined,
      ':7007',
      '7007',
      7007,
      '0.0.0.0:7007',
      '::',
      { port: 7007 },
      { host: '0.0.0.0' },
    ].map((listen): [string, JsonObject, string] => [
      `guests from everywhere (${JSON.stringify(listen)})`,
      { ...guest('development'), ...at('http://localhost:7007', listen) },
      'backend.listen.host must be 127.0.0.1',
    ]),
    ['guests in production', guest('production'), 'auth.providers.guest must be removed'],
    [
      'guests in production on this machine',
      { ...guest('production'), ...at('http://localhost:7007', 'localhost:7007') },
      'auth.providers.guest',
    ],
    ['guests from elsewhere', guest('development'), 'auth.providers.guest must be removed'],
    ['no permissions', { permission: { enabled: false } }, 'permission.enabled'],
    ['permissions that nobody turned on', { permission: {} }, 'permission.enabled'],
    [
      'no authentication',
      {
        backend: {
          baseUrl: 'http://localhost:7007',
          auth: { dangerouslyDisableDefaultAuthPolicy: true },
        },
      },
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    ],
  ])('refuses %s and names the key', (_, settings, key) => {
    expect(() => check(settings)).toThrow(key);
  });
});
