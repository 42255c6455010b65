import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { createConditionFactory, createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';

const hasUid = createPermissionRule({
  name: 'HAS_UID',
  description: 'Allow the entities with the given uids',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({
    uids: z.array(z.string()).describe('Values of metadata.uid'),
  }),
  apply: ({ metadata }, { uids }) => metadata.uid !== undefined && uids.includes(metadata.uid),
  toQuery: ({ uids }) => ({ key: 'metadata.uid', values: uids }),
});

const isMemberOf = createPermissionRule({
  name: 'IS_MEMBER_OF',
  description: 'Allow the users who are in one of the given groups',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({
    groups: z.array(z.string()).describe('Full entity refs of groups'),
  }),
  apply: ({ relations = [] }, { groups }) =>
    relations.some(
      ({ type, targetRef }) => type === RELATION_MEMBER_OF && groups.includes(targetRef),
    ),
  toQuery: ({ groups }) => ({ key: `relations.${RELATION_MEMBER_OF}`, values: groups }),
});

/** Rules on entities of the catalog that Backstage does not have: its own name one entity, or one way to write a group. */
export const peopleRules = [hasUid, isMemberOf];

/** Conditions of {@link peopleRules} for a permission policy. */
export const peopleConditions = {
  hasUid: createConditionFactory(hasUid),
  isMemberOf: createConditionFactory(isMemberOf),
};
