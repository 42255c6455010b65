import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { createConditionFactory, createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';

/** Holds for the entities of the catalog that are listed: the catalog's own rules name one at a time. */
export const hasUid = createPermissionRule({
  name: 'HAS_UID',
  description: 'Allow the entities with the given uids',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({
    uids: z.array(z.string()).describe('Values of metadata.uid'),
  }),
  apply: ({ metadata }, { uids }) => metadata.uid !== undefined && uids.includes(metadata.uid),
  toQuery: ({ uids }) => ({ key: 'metadata.uid', values: uids }),
});

/** The condition of {@link hasUid} for a permission policy. */
export const createHasUidCondition = createConditionFactory(hasUid);
