import { isQueryOfTenant, queryKeys } from './queryKeys';

const key = { tenant: 'tenant-a', service: 'demo-api' };

describe('isQueryOfTenant', () => {
  it.each([
    [queryKeys.releases(), true],
    [queryKeys.releases('demo-api'), true],
    [queryKeys.versions(), true],
    [queryKeys.release(key), true],
    [queryKeys.history(key), true],
    [queryKeys.release({ ...key, tenant: 'tenant-b' }), false],
    [queryKeys.panel(key, 'request-rate', '1h'), false],
    [queryKeys.logs(key, {}), false],
    [queryKeys.sources(), false],
    [['another-plugin', 'releases'], false],
  ])('%j', (query, expected) => {
    expect(isQueryOfTenant(query, new Set(['tenant-a']))).toBe(expected);
  });
});
