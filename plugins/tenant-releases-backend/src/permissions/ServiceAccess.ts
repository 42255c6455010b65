import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  serviceReadPermission,
  serviceTenantsReadPermission,
} from '@internal/plugin-tenant-releases-common';
import {
  tenantServiceResourceRef,
  type TenantServiceResource,
} from '@internal/plugin-tenant-releases-node';
import type { ServiceOwners } from './ServiceOwners';

/** What somebody sees of all tenants that run a service: which ones, how many, or neither. */
export type ServiceView = 'names' | 'numbers' | undefined;

/** The one place where permissions on services are checked. */
export class ServiceAccess {
  readonly #permissions: PermissionsService;
  readonly #owners: Pick<ServiceOwners, 'resource'>;
  readonly #apply: (decision: PolicyDecision, resource: TenantServiceResource) => boolean;

  constructor(
    permissions: PermissionsService,
    registry: PermissionsRegistryService,
    owners: Pick<ServiceOwners, 'resource'>,
  ) {
    this.#permissions = permissions;
    this.#owners = owners;
    this.#apply = createConditionAuthorizer(
      registry.getPermissionRuleset(tenantServiceResourceRef),
    );
  }

  /** @throws ServiceUnavailableError when it depends on who owns the service, and the catalog does not say it */
  async view(credentials: BackstageCredentials, service: string): Promise<ServiceView> {
    const [numbers, names] = await this.#permissions.authorizeConditional(
      [{ permission: serviceReadPermission }, { permission: serviceTenantsReadPermission }],
      { credentials },
    );
    if (!(await this.#passes(numbers, service))) return undefined;
    return (await this.#passes(names, service)) ? 'names' : 'numbers';
  }

  async #passes(decision: PolicyDecision, service: string): Promise<boolean> {
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return decision.result === AuthorizeResult.ALLOW;
    }
    const resource = await this.#owners.resource(service);
    // What has no owner is nobody's: no condition, not even a negated one, opens it.
    return resource.owners.length > 0 && this.#apply(decision, resource);
  }
}
