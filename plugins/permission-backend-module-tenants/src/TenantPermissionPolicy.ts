import type { AuthService } from '@backstage/backend-plugin-api';
import { createCatalogConditionalDecision } from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';
import {
  fleetReadPermission,
  RESOURCE_TYPE_TENANT_RELEASE,
  RESOURCE_TYPE_TENANT_SERVICE,
  serviceReadPermission,
  serviceTenantsReadPermission,
  tenantOffboardPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantReleaseConditionalDecision,
  createTenantServiceConditionalDecision,
  tenantReleaseConditions,
  tenantServiceConditions,
} from '@internal/plugin-tenant-releases-node';
import type { Memberships } from './Memberships';
import type { AccessConfig } from './readAccessConfig';
import { entitiesForViewers, visibleEntities } from './visibleEntities';
import type { VisiblePeople } from './VisiblePeople';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * What every signed-in person may do. Everything that is neither here nor decided by ownership below is refused,
 * so that a plugin added later opens nothing by itself.
 *
 * `kubernetes.resources.read` is left out on purpose: one permission opens every entity that the caller may see, and with
 * a service's entity the pods of all its tenants.
 */
const forEveryone = new Set([
  'scaffolder.action.execute',
  'scaffolder.task.create',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
]);

/** Actions on catalog entities that whoever may see the entity may do. */
const onVisibleEntities = new Set(['catalog.entity.read', 'catalog.entity.refresh']);

/** What viewers may do with every tenant. */
const forViewers = new Set([
  'catalog.entity.read',
  'tenant-releases.release.read',
  'tenant-releases.telemetry.read',
  fleetReadPermission.name,
  serviceReadPermission.name,
  serviceTenantsReadPermission.name,
]);

/** What owners of a service may do with it, by the setting `serviceOwners`. */
const forServiceOwners: Record<AccessConfig['serviceOwners'], ReadonlySet<string>> = {
  nothing: new Set(),
  numbers: new Set([serviceReadPermission.name]),
  names: new Set([serviceReadPermission.name, serviceTenantsReadPermission.name]),
};

/** What a {@link TenantPermissionPolicy} decides by. */
export interface TenantPermissionPolicyOptions {
  access: AccessConfig;
  memberships: Pick<Memberships, 'claimsOf'>;
  people: Pick<VisiblePeople, 'visibleTo'>;
  auth: Pick<AuthService, 'isPrincipal'>;
}

/**
 * Members of the platform groups see and do everything. Owners see their own tenants (entity, release, telemetry,
 * logs) and may open changes for them. Owners of a service see its versions over all tenants. Viewers see all tenants and change nothing. Other signed-in people see services,
 * not tenants. Nobody else sees anything, and neither does somebody who is no longer in the catalog.
 */
export class TenantPermissionPolicy implements PermissionPolicy {
  readonly #options: TenantPermissionPolicyOptions;

  constructor(options: TenantPermissionPolicyOptions) {
    this.#options = options;
  }

  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    const { access, auth, memberships, people } = this.#options;
    if (!user || !auth.isPrincipal(user.credentials, 'user')) return deny;
    const { userEntityRef } = user.credentials.principal;
    const claims = await memberships.claimsOf(userEntityRef);
    if (claims.length === 0) return deny;
    const isIn = (groups: readonly string[]) => claims.some(claim => groups.includes(claim));
    if (isIn(access.platformGroups)) return allow;
    if (isIn(access.viewerGroups) && forViewers.has(permission.name)) {
      return decideForViewers(permission);
    }
    if (
      isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY) &&
      onVisibleEntities.has(permission.name)
    ) {
      const visibleGroups = [...access.platformGroups, ...access.visibleGroups];
      const visible = await people.visibleTo({ claims, visibleGroups });
      return createCatalogConditionalDecision(permission, visibleEntities(claims, visible));
    }
    return decideByOwnership(permission, userEntityRef, claims, access);
  }
}

function decideForViewers(permission: Permission): PolicyDecision {
  if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
    return createCatalogConditionalDecision(permission, entitiesForViewers);
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_TENANT_RELEASE)) {
    // Everything that has an owner; what has none is the platform's to mend.
    return createTenantReleaseConditionalDecision(permission, {
      not: tenantReleaseConditions.isTenantOwner({ claims: [] }),
    });
  }
  const isOfFleet =
    isPermission(permission, fleetReadPermission) ||
    isResourcePermission(permission, RESOURCE_TYPE_TENANT_SERVICE);
  return isOfFleet ? allow : deny;
}

function decideByOwnership(
  permission: Permission,
  userEntityRef: string,
  claims: readonly string[],
  { serviceOwners }: AccessConfig,
): PolicyDecision {
  if (isPermission(permission, tenantOffboardPermission)) {
    return deny;
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_TENANT_RELEASE)) {
    return createTenantReleaseConditionalDecision(
      permission,
      tenantReleaseConditions.isTenantOwner({ claims: [...claims] }),
    );
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_TENANT_SERVICE)) {
    if (!forServiceOwners[serviceOwners].has(permission.name)) return deny;
    return createTenantServiceConditionalDecision(
      permission,
      tenantServiceConditions.isServiceOwner({ claims: [...claims] }),
    );
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
    return createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
    );
  }
  return forEveryone.has(permission.name) ? allow : deny;
}
