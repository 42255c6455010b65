import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ConditionalPolicyDecision,
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
import { LRUCache } from 'lru-cache';
import { HiddenReleaseError } from './HiddenReleaseError';

/** A permission on releases. */
export type ReleasePermission = ResourcePermission<typeof RESOURCE_TYPE_TENANT_RELEASE>;

/** Whether a caller may do something with a release. */
export type ReleaseCheck = (resource: TenantReleaseResource) => boolean;

/**
 * The one place where permissions on releases are checked. The policy is asked for each request; what its conditions say
 * of a release is kept while the release is the same, since rules know nothing but the release and their parameters.
 */
export class ReleaseAccess {
  readonly #permissions: PermissionsService;
  readonly #apply: (decision: PolicyDecision, resource: TenantReleaseResource) => boolean;
  readonly #verdicts = new LRUCache<string, WeakMap<TenantReleaseResource, boolean>>({ max: 100 });

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
    return (await this.held(credentials, [permission]))[0];
  }

  /** As {@link ReleaseAccess.holds}, for several at once, in their order. */
  async held(
    credentials: BackstageCredentials,
    permissions: readonly BasicPermission[],
  ): Promise<boolean[]> {
    const decisions = await this.#permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(({ result }) => result === AuthorizeResult.ALLOW);
  }

  async #checks(
    credentials: BackstageCredentials,
    permissions: ReleasePermission[],
  ): Promise<ReleaseCheck[]> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => {
      if (decision.result !== AuthorizeResult.CONDITIONAL) {
        return () => decision.result === AuthorizeResult.ALLOW;
      }
      const known = this.#verdictsOf(decision);
      return resource => {
        // What has no owner is nobody's: no condition, not even a negated one, opens it.
        if (resource.owner === undefined) return false;
        const verdict = known.get(resource) ?? this.#apply(decision, resource);
        known.set(resource, verdict);
        return verdict;
      };
    });
  }

  #verdictsOf({ conditions }: ConditionalPolicyDecision): WeakMap<TenantReleaseResource, boolean> {
    const key = JSON.stringify(conditions);
    const known = this.#verdicts.get(key) ?? new WeakMap<TenantReleaseResource, boolean>();
    this.#verdicts.set(key, known);
    return known;
  }
}
