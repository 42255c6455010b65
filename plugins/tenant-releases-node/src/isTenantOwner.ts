import { createConditionExports, createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { sameRef, toRef } from './sameRef';
import { tenantReleaseResourceRef } from './tenantReleaseResource';

/** Holds for the releases of tenants that one of the claims owns. */
export const isTenantOwner = createPermissionRule({
  name: 'IS_TENANT_OWNER',
  description: 'Allow the releases of tenants that belong to one of the given groups or users',
  resourceRef: tenantReleaseResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs, for example the ownership references of the caller'),
  }),
  apply: ({ owner }, { claims }) =>
    owner !== undefined && claims.some(claim => sameRef(claim, owner)),
  toQuery: ({ claims }) => ({ owners: claims.map(toRef) }),
});

const exported = createConditionExports({
  resourceRef: tenantReleaseResourceRef,
  rules: { isTenantOwner },
});

/** Conditions that a permission policy can put on releases. */
export const tenantReleaseConditions = exported.conditions;

/** Makes the conditional decision of a permission policy from {@link tenantReleaseConditions}. */
export const createTenantReleaseConditionalDecision = exported.createConditionalDecision;
