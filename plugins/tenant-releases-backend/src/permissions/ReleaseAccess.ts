import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  releaseReadPermission,
  type RESOURCE_TYPE_TENANT_RELEASE,
} from '@internal/plugin-tenant-releases-common';
import {
  tenantReleaseResourceRef,
  type TenantReleaseResource,
} from '@internal/plugin-tenant-releases-node';

import { HiddenReleaseError } from './HiddenReleaseError';

/** A permission on releases. */
export type ReleasePermission = ResourcePermission<typeof RESOURCE_TYPE_TENANT_RELEASE>;

/** Whether a caller may do something with a release. */
export type ReleaseCheck = (resource: TenantReleaseResource) => boolean;

/** The one place where permissions on releases are checked. */
export class ReleaseAccess {
  readonly #permissions: PermissionsService;
  readonly #apply: (decision: PolicyDecision, resource: TenantReleaseResource) => boolean;

  constructor(permissions: PermissionsService, registry: PermissionsRegistryService) {
    this.#permissions = permissions;
    this.#apply = createConditionAuthorizer(
      registry.getPermissionRuleset(tenantReleaseResourceRef),
    );
  }

  /** One decision for the permissions asked for; a release has to pass all of them. */
  async check(
    credentials: BackstageCredentials,
    ...permissions: ReleasePermission[]
  ): Promise<ReleaseCheck> {
    const checks = await this.#checks(credentials, permissions);
    return resource => checks.every(check => check(resource));
  }

  /**
   * Lets pass who may read the release and holds the other permission, if one is given.
   *
   * @param resource - undefined when there is no such release
   * @throws HiddenReleaseError, to the caller the same whether there is no such release or the caller may not read it
   * @throws NotAllowedError when the caller may read it, but lacks the other permission
   */
  async require(
    credentials: BackstageCredentials,
    resource: TenantReleaseResource | undefined,
    permission: ReleasePermission = releaseReadPermission,
  ): Promise<void> {
    const needed = [...new Set([releaseReadPermission, permission])];
    const [mayRead, mayDo = mayRead] = await this.#checks(credentials, needed);
    if (!resource || !mayRead(resource)) throw new HiddenReleaseError(resource !== undefined);
    if (!mayDo(resource)) throw new NotAllowedError('Not allowed for this release');
  }

  /** Whether the caller holds a permission that is about no release in particular. */
  async holds(credentials: BackstageCredentials, permission: BasicPermission): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], { credentials });
    return result === AuthorizeResult.ALLOW;
  }

  async #checks(
    credentials: BackstageCredentials,
    permissions: ReleasePermission[],
  ): Promise<ReleaseCheck[]> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => resource => {
      // What has no owner is nobody's: no condition, not even a negated one, opens it.
      if (resource.owner === undefined) return decision.result === AuthorizeResult.ALLOW;
      return this.#apply(decision, resource);
    });
  }
}
