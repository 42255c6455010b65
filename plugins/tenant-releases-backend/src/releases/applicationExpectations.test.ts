import { defaultExpectations, isExpected } from './applicationExpectations';

describe('isExpected', () => {
  it.each<[string, string[], string | undefined, boolean]>([
    ['the tenant’s name', ['{tenant}'], 'tenant-a', true],
    ['another name', ['{tenant}'], 'tenant-b', false],
    ['a longer name', ['{tenant}'], 'tenant-ab', false],
    ['no name', ['{tenant}', 'a*'], undefined, false],
    ['an empty name', ['{tenant}'], '', false],
    ['an ending', ['{tenant}-prod'], 'tenant-a-prod', true],
    ['another ending', ['{tenant}-prod'], 'tenant-a-test', false],
    ['a fixed name', ['customers'], 'customers', true],
    ['one of several', ['customers', '{tenant}'], 'tenant-a', true],
    ['any ending', ['{tenant}-*'], 'tenant-a-prod-eu', true],
    ['any ending, of another tenant', ['{tenant}-*'], 'tenant-b-prod', false],
    ['any beginning', ['*-{tenant}'], 'prod-tenant-a', true],
    ['any beginning, with something behind it', ['*-{tenant}'], 'prod-tenant-a-x', false],
    ['something between', ['x*{tenant}*z'], 'x-tenant-a-y-z', true],
    ['a dot, which is no pattern', ['customers.x*'], 'customers-x1', false],
    ['a dot, which is itself', ['customers.x*'], 'customers.x1', true],
    ['another line', ['{tenant}*'], 'tenant-a\nx', false],
    ['no pattern', [], 'tenant-a', false],
  ])('knows %s', (_, patterns, name, expected) => {
    expect(isExpected(patterns, 'tenant-a', name)).toBe(expected);
  });

  it('does not take a tenant’s name for a pattern', () => {
    expect(isExpected(['{tenant}*'], 'a.c', 'abc')).toBe(false);
    expect(isExpected(['{tenant}*'], 'a.c', 'a.c1')).toBe(true);
  });

  it('has a project and a namespace of each tenant by default', () => {
    expect(defaultExpectations).toEqual({ projects: ['{tenant}'], namespaces: ['{tenant}'] });
  });
});
