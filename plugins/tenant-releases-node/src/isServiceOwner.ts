import { createConditionExports, createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { sameRef } from './sameRef';
import { tenantServiceResourceRef } from './tenantServiceResource';

/** Holds for the services whose Component in the catalog one of the claims owns. */
export const isServiceOwner = createPermissionRule({
  name: 'IS_SERVICE_OWNER',
  description: 'Allow the services that belong to one of the given groups or users',
  resourceRef: tenantServiceResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs, for example the ownership references of the caller'),
  }),
  apply: ({ owners }, { claims }) =>
    owners.some(owner => claims.some(claim => sameRef(claim, owner))),
  toQuery: ({ claims }) => ({ owners: claims }),
});

const exported = createConditionExports({
  resourceRef: tenantServiceResourceRef,
  rules: { isServiceOwner },
});

/** Conditions that a permission policy can put on services. */
export const tenantServiceConditions = exported.conditions;

/** Makes the conditional decision of a permission policy from {@link tenantServiceConditions}. */
export const createTenantServiceConditionalDecision = exported.createConditionalDecision;
