import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
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
  RESOURCE_TYPE_TENANT_RELEASE,
  tenantOffboardPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  createTenantReleaseConditionalDecision,
  tenantReleaseConditions,
} from '@internal/plugin-tenant-releases-node';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * What every signed-in person may do. Everything that is neither here nor decided by ownership below is refused,
 * so that a plugin added later opens nothing by itself.
 *
 * `kubernetes.resources.read` is left out on purpose: its route takes the entity, and with it the namespace, from
 * the caller.
 */
const forEveryone = new Set([
  'catalog.location.read',
  'scaffolder.action.execute',
  'scaffolder.task.create',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
]);

/** Actions on catalog entities that whoever may see the entity may do. */
const onVisibleEntities = new Set(['catalog.entity.read', 'catalog.entity.refresh']);

/**
 * Members of the platform groups see and do everything. Owners see their own tenants (entity, release, telemetry,
 * logs) and may open changes for them. Other signed-in people see services, not tenants. Nobody else sees anything.
 */
export class TenantPermissionPolicy implements PermissionPolicy {
  readonly #platformGroups: readonly string[];
  readonly #userInfo: UserInfoService;

  constructor(platformGroups: readonly string[], userInfo: UserInfoService) {
    this.#platformGroups = platformGroups;
    this.#userInfo = userInfo;
  }

  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    const { userEntityRef, ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    if (ownershipEntityRefs.some(ref => this.#platformGroups.includes(ref))) {
      return allow;
    }
    return decideByOwnership(permission, userEntityRef, ownershipEntityRefs);
  }
}

function decideByOwnership(
  permission: Permission,
  userEntityRef: string,
  claims: string[],
): PolicyDecision {
  if (isPermission(permission, tenantOffboardPermission)) {
    return deny;
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_TENANT_RELEASE)) {
    return createTenantReleaseConditionalDecision(
      permission,
      tenantReleaseConditions.isTenantOwner({ claims }),
    );
  }
  if (
    isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY) &&
    onVisibleEntities.has(permission.name)
  ) {
    return createCatalogConditionalDecision(permission, {
      anyOf: [
        catalogConditions.isEntityOwner({ claims }),
        { not: catalogConditions.hasSpec({ key: 'type', value: 'tenant' }) },
      ],
    });
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
    return createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
    );
  }
  return forEveryone.has(permission.name) ? allow : deny;
}
