import type { Entity } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import type { PermissionCondition, PermissionCriteria } from '@backstage/plugin-permission-common';
import { peopleRules } from '@internal/plugin-tenant-releases-node';
import { entitiesForViewers, visibleEntities } from './visibleEntities';

type Criteria = PermissionCriteria<PermissionCondition>;

/** Applies the catalog's own rules, and ours. */
function matches(criteria: Criteria, entity: Entity): boolean {
  if ('anyOf' in criteria) return criteria.anyOf.some(each => matches(each, entity));
  if ('allOf' in criteria) return criteria.allOf.every(each => matches(each, entity));
  if ('not' in criteria) return !matches(criteria.not, entity);
  const rule = [...Object.values(permissionRules), ...peopleRules].find(
    ({ name }) => name === criteria.rule,
  )!;
  return (rule.apply as (resource: Entity, params: unknown) => boolean)(entity, criteria.params);
}

const entity = (ref: string, spec: Entity['spec'] = {}, owner?: string): Entity => {
  const [, kind, namespace, name] = /^(.+):(.+)\/(.+)$/.exec(ref)!;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { namespace, name, uid: `uid of ${name}` },
    spec,
    relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
  };
};

describe('visibleEntities', () => {
  const otto = visibleEntities(['user:default/otto', 'group:default/tenant-a-owners'], {
    uids: ['uid of tenant-a-owners', 'uid of olga'],
  });
  const tenant = { type: 'tenant' };

  it.each([
    entity('Component:default/demo-api', { type: 'service' }, 'group:default/developers'),
    entity('System:default/tenant-platform'),
    entity('API:default/orders', { type: 'openapi' }),
    entity('Domain:default/sales'),
    entity('Resource:default/database', { type: 'database' }),
    entity('Template:default/new-service', { type: 'service' }),
    entity('Resource:default/tenant-a', tenant, 'group:default/tenant-a-owners'),
    entity('Group:default/tenant-a-owners'),
    entity('User:default/olga', { memberOf: ['tenant-a-owners'] }),
  ])('shows an owner $kind $metadata.name', visible => {
    expect(matches(otto, visible)).toBe(true);
  });

  it.each([
    entity('Resource:default/tenant-b', tenant, 'group:default/tenant-b-owners'),
    entity('Resource:default/broken', tenant),
    entity('Component:default/odd', tenant),
    entity('Template:default/new-tenant', tenant, 'group:default/platform'),
    entity('Group:default/tenant-b-owners', { type: 'team' }),
    entity('User:default/berta', { memberOf: ['tenant-a-owners'] }),
    entity('Location:default/generated-1', { target: '/somewhere' }),
    entity('Whatever:default/new-kind'),
  ])('hides from an owner $kind $metadata.name', hidden => {
    expect(matches(otto, hidden)).toBe(false);
  });

  const inGroups = (...groups: string[]): Entity => ({
    ...entity('User:default/sam'),
    relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
  });

  it.each([
    [true, inGroups('group:default/platform')],
    [false, inGroups('group:default/platform', 'group:default/tenant-b-owners')],
    [false, inGroups('group:default/unheard-of')],
    [false, inGroups()],
    [false, { ...inGroups('group:default/platform'), kind: 'Whatever' }],
  ])('shows %s of who is in groups alone that are visible', (isVisible, user) => {
    const of = ['group:default/platform'];
    const visible = (notOf: string[]) => visibleEntities([], { uids: [], members: { of, notOf } });
    expect(matches(visible(['group:default/tenant-b-owners']), user)).toBe(isVisible);
    expect(matches(visible([]), inGroups(...of))).toBe(true);
  });

  it('shows viewers tenants and groups, but not the template that adds a tenant', () => {
    const isVisible = (each: Entity) => matches(entitiesForViewers, each);
    expect(isVisible(entity('Resource:default/tenant-b', tenant))).toBe(true);
    expect(isVisible(entity('Group:default/tenant-b-owners'))).toBe(true);
    expect(isVisible(entity('Template:default/new-service', { type: 'service' }))).toBe(true);
    expect(isVisible(entity('Template:default/new-tenant', tenant))).toBe(false);
  });
});
