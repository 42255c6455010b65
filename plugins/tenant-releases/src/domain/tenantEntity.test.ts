import { createTenantEntity } from '../testing/fixtures';
import { fileErrorOf, servicesOf, tenantOf } from './tenantEntity';

describe('a tenant’s entity', () => {
  it('names the tenant', () => {
    expect(tenantOf(createTenantEntity({ 'tenant-releases.io/tenant': 'other' }))).toBe('other');
    const plain = createTenantEntity();
    plain.metadata.annotations = undefined;
    expect(tenantOf(plain)).toBe('tenant-a');
  });

  it.each<[unknown, string[], string[]]>([
    [['component:default/demo-api'], [], ['demo-api']],
    [['demo-api', 'component:billing', 'resource:default/db'], [], ['demo-api', 'billing']],
    [undefined, ['component:default/demo-api'], ['demo-api']],
    [['demo-api'], ['component:default/demo-api', 'resource:default/db'], ['demo-api']],
    [[1], [], []],
    ['demo-api', [], []],
  ])('with dependsOn %j and relations %j has services %j', (dependsOn, related, expected) => {
    const entity = createTenantEntity();
    entity.spec = { ...entity.spec, dependsOn: dependsOn as string[] };
    entity.relations = related.map(targetRef => ({ type: 'dependsOn', targetRef }));
    expect(servicesOf(entity)).toEqual(expected);
  });

  it('tells of a file that cannot be read', () => {
    expect(fileErrorOf(createTenantEntity())).toBeUndefined();
    expect(fileErrorOf(createTenantEntity({ 'tenant-releases.io/file-error': 'line 3' }))).toBe(
      'line 3',
    );
  });
});
