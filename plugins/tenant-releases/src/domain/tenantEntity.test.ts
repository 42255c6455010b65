import { createTenantEntity } from '../testing/fixtures';
import { fileErrorOf, servicesOf, tenantOf } from './tenantEntity';

describe('a tenant’s entity', () => {
  it('names the tenant', () => {
    expect(tenantOf(createTenantEntity({ 'tenant-releases.io/tenant': 'other' }))).toBe('other');
    const plain = createTenantEntity();
    plain.metadata.annotations = undefined;
    expect(tenantOf(plain)).toBe('tenant-a');
  });

  it.each<[string | undefined, unknown, string[]]>([
    ['demo-api', undefined, ['demo-api']],
    ['demo-api, billing,demo-api,', undefined, ['demo-api', 'billing']],
    ['demo-api', ['component:default/web', 'demo-api'], ['demo-api', 'web']],
    [undefined, ['demo-api', 'component:billing', 'resource:default/db'], ['demo-api', 'billing']],
    [undefined, undefined, []],
    [undefined, [1], []],
    ['', 'demo-api', []],
  ])('with services %j and dependsOn %j has services %j', (services, dependsOn, expected) => {
    const entity = createTenantEntity({ 'tenant-releases.io/services': services ?? '' });
    if (services === undefined) entity.metadata.annotations = undefined;
    entity.spec = { ...entity.spec, dependsOn: dependsOn as string[] };
    expect(servicesOf(entity)).toEqual(expected);
  });

  it('tells of a file that cannot be read', () => {
    expect(fileErrorOf(createTenantEntity())).toBeUndefined();
    expect(fileErrorOf(createTenantEntity({ 'tenant-releases.io/file-error': 'line 3' }))).toBe(
      'line 3',
    );
  });
});
