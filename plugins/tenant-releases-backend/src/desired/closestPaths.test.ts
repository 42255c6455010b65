import { closestPaths } from './closestPaths';

describe('closestPaths', () => {
  it.each<[string, string, string[], string[]]>([
    [
      'another folder',
      'tenants/{tenant}/values.yaml',
      ['README.md', 'customers/acme/values.yaml', 'customers/bravo/values.yaml'],
      ['customers/acme/values.yaml'],
    ],
    [
      'another ending before another name',
      'gitops/tenants/{tenant}-values.yaml',
      ['gitops/apps/acme.yaml', 'gitops/tenants/acme-values.yml', 'charts/tenant/values.yaml'],
      ['gitops/tenants/acme-values.yml', 'charts/tenant/values.yaml', 'gitops/apps/acme.yaml'],
    ],
    [
      'many beside each other',
      'overlays/{tenant}/values.yaml',
      ['tenants/a-values.yaml', 'tenants/b-values.yaml', 'tenants/eu/c-values.yaml'],
      ['tenants/eu/c-values.yaml', 'tenants/a-values.yaml'],
    ],
    [
      'capitals',
      'Tenants/{tenant}.yaml',
      ['tenants/acme.yaml', 'docs/acme.md'],
      ['tenants/acme.yaml'],
    ],
    [
      'the most words of it first',
      'clusters/{cluster}/{tenant}.yaml',
      ['clusters/acme.yaml', 'clusters/eu/team/acme.yaml', 'clusters/eu/acme.json'],
      ['clusters/acme.yaml', 'clusters/eu/team/acme.yaml', 'clusters/eu/acme.json'],
    ],
    ['nothing in common', 'overlays/{tenant}', ['src/main.go', 'a'], []],
    ['no path at all', 'overlays/{tenant}', [], []],
    ['a pattern without words', '{tenant}', ['a/b.yaml'], []],
  ])('names files with %s', (_, pattern, paths, expected) => {
    expect(closestPaths(pattern, paths)).toEqual(expected);
  });

  it('is done with many files in no time', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `apps/tenant-${at}/deep/values.yaml`);
    const before = performance.now();
    expect(closestPaths('tenants/{tenant}/values.yaml', many)).toEqual([many[0]]);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
