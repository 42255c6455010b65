import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { refuseOpenDoors } from './refuseOpenDoors';

const check = (settings: JsonObject) =>
  refuseOpenDoors(
    mockServices.rootConfig({
      data: {
        permission: { enabled: true },
        backend: { baseUrl: 'https://portal.example.com' },
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
      { ...guest('development'), backend: { baseUrl: 'http://localhost:7007' } },
    ],
    [
      'a trial on the loopback address',
      { ...guest('development'), backend: { baseUrl: 'http://127.0.0.1:7007' } },
    ],
    ['a trial on loopback', { ...guest('development'), backend: { baseUrl: 'http://[::1]:7007' } }],
  ])('accepts %s', (_, settings) => {
    expect(() => check(settings)).not.toThrow();
  });

  it.each<[string, JsonObject, string]>([
    ['guests', guest(), 'auth.providers.guest'],
    ['guests in production', guest('production'), 'auth.providers.guest'],
    [
      'guests in production on this machine',
      { ...guest('production'), backend: { baseUrl: 'http://localhost:7007' } },
      'auth.providers.guest',
    ],
    ['guests from elsewhere', guest('development'), 'auth.providers.guest'],
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
