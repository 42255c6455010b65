import { catalogConditions } from '@backstage/plugin-catalog-backend/alpha';
import type { PermissionCondition, PermissionCriteria } from '@backstage/plugin-permission-common';
import { peopleConditions } from '@internal/plugin-tenant-releases-node';
import type { People } from './VisiblePeople';

type Criteria = PermissionCriteria<PermissionCondition<'catalog-entity'>>;

/** What everybody who is signed in may read about: services and what they are made of. */
const kindsForEveryone = ['API', 'Component', 'Domain', 'Resource', 'System', 'Template'];

/**
 * The entities that somebody may see who is not of the platform: services; tenants of their own; and the given people and
 * groups. The template that adds a tenant stays out of sight (its type is `tenant`, too), and so do other kinds.
 *
 * @param claims - refs of the person and of the person's groups
 */
export function visibleEntities(claims: readonly string[], { uids, members }: People): Criteria {
  return {
    anyOf: [
      {
        allOf: [
          catalogConditions.isEntityKind({ kinds: kindsForEveryone }),
          { not: catalogConditions.hasSpec({ key: 'type', value: 'tenant' }) },
        ],
      },
      catalogConditions.isEntityOwner({ claims: [...claims] }),
      peopleConditions.hasUid({ uids }),
      ...(members ? [membersOnly(members)] : []),
    ],
  };
}

function membersOnly({ of, notOf }: Required<People>['members']): Criteria {
  return {
    allOf: [
      catalogConditions.isEntityKind({ kinds: ['User'] }),
      peopleConditions.isMemberOf({ groups: of }),
      ...(notOf.length > 0 ? [{ not: peopleConditions.isMemberOf({ groups: notOf }) }] : []),
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
