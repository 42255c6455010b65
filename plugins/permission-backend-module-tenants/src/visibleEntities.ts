import { parseEntityRef } from '@backstage/catalog-model';
import { catalogConditions } from '@backstage/plugin-catalog-backend/alpha';
import type { PermissionCondition, PermissionCriteria } from '@backstage/plugin-permission-common';

type Criteria = PermissionCriteria<PermissionCondition<'catalog-entity'>>;

/** What everybody who is signed in may read about: services and what they are made of. */
const kindsForEveryone = ['API', 'Component', 'Domain', 'Resource', 'System', 'Template'];

/**
 * The entities that somebody may see who is not of the platform: services; tenants of their own; themselves, their groups
 * with the people in them, and the groups that everybody sees. Other groups stay out of sight, since the name of a
 * group tells that its tenant exists. So do the template that adds a tenant (its type is `tenant`, too) and other kinds.
 *
 * @param claims - refs of the person and of the person's groups
 * @param visibleGroups - refs of the groups that everybody sees
 */
export function visibleEntities(
  claims: readonly string[],
  visibleGroups: readonly string[],
): Criteria {
  const refs = [...new Set([...claims, ...visibleGroups])];
  const groups = refs.filter(ref => ref.startsWith('group:'));
  return {
    anyOf: [
      {
        allOf: [
          catalogConditions.isEntityKind({ kinds: kindsForEveryone }),
          { not: catalogConditions.hasSpec({ key: 'type', value: 'tenant' }) },
        ],
      },
      catalogConditions.isEntityOwner({ claims: [...claims] }),
      ...refs.map(isEntity),
      ...groups.map(isMember),
    ],
  };
}

/** What viewers see: everything but the template that adds a tenant. */
export const entitiesForViewers: Criteria = {
  not: {
    allOf: [
      catalogConditions.isEntityKind({ kinds: ['Template'] }),
      catalogConditions.hasSpec({ key: 'type', value: 'tenant' }),
    ],
  },
};

function isEntity(ref: string): Criteria {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    allOf: [
      catalogConditions.isEntityKind({ kinds: [kind] }),
      catalogConditions.hasMetadata({ key: 'namespace', value: namespace }),
      catalogConditions.hasMetadata({ key: 'name', value: name }),
    ],
  };
}

/** Users name their groups in each of the ways in which a ref may be shortened. */
function isMember(group: string): Criteria {
  const { namespace, name } = parseEntityRef(group);
  const forms = [group, `${namespace}/${name}`];
  if (namespace === 'default') forms.push(`group:${name}`, name);
  const [first, ...others] = forms.map(value =>
    catalogConditions.hasSpec({ key: 'memberOf', value }),
  );
  return {
    allOf: [catalogConditions.isEntityKind({ kinds: ['User'] }), { anyOf: [first, ...others] }],
  };
}
