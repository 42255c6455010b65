import { fleetOf, isConcerned, queryKeys } from './queryKeys';

const key = { tenant: 'tenant-a', service: 'demo-api' };

describe('isConcerned', () => {
  it.each([
    [queryKeys.releases(), false],
    [queryKeys.versions(), true],
    [queryKeys.release(key), true],
    [queryKeys.history(key), true],
    [queryKeys.release({ ...key, tenant: 'tenant-b' }), false],
    [queryKeys.panel(key, 'request-rate', '1h'), false],
    [queryKeys.logs(key, {}), false],
    [queryKeys.sources(), false],
    [queryKeys.sourceReports(), true],
    [['another-plugin', 'releases'], false],
  ])('%j by a change of its tenant: %s', (query, expected) => {
    expect(isConcerned(query, new Set(['tenant-a']))).toBe(expected);
  });

  it.each([
    [queryKeys.release({ ...key, tenant: 'tenant-b' }), true],
    [queryKeys.panel(key, 'request-rate', '1h'), true],
    [queryKeys.sources(), true],
    [queryKeys.releases('demo-api'), true],
    [['another-plugin', 'releases'], false],
  ])('%j by a change of a source: %s', (query, expected) => {
    expect(isConcerned(query, 'all')).toBe(expected);
  });
});

describe('fleetOf', () => {
  it.each([
    [queryKeys.releases(), { service: undefined }],
    [queryKeys.releases('demo-api'), { service: 'demo-api' }],
    [queryKeys.release(key), undefined],
    [['another-plugin', 'releases'], undefined],
  ])('%j: %j', (query, expected) => {
    expect(fleetOf(query)).toEqual(expected);
  });
});
