import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a release; the resource ref is `tenant`. */
export const RESOURCE_TYPE_TENANT_RELEASE = 'tenant-release';

/** Sees what Git wants, Argo CD synced and the pods run. */
export const releaseReadPermission = createPermission({
  name: 'tenant-releases.release.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT_RELEASE,
});

/** Sees the tenant's metrics. */
export const telemetryReadPermission = createPermission({
  name: 'tenant-releases.telemetry.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT_RELEASE,
});

/** Sees the tenant's log lines. */
export const logsReadPermission = createPermission({
  name: 'tenant-releases.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT_RELEASE,
});

/** Opens pull requests that change the tenant's release. */
export const changeCreatePermission = createPermission({
  name: 'tenant-releases.change.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_TENANT_RELEASE,
});

/** Opens pull requests that change several tenants, or what holds for all: bad versions, freezes of everybody, tier and ring. */
export const fleetChangePermission = createPermission({
  name: 'tenant-releases.fleet.change',
  attributes: { action: 'create' },
});

/** Opens pull requests that add a tenant. */
export const tenantOnboardPermission = createPermission({
  name: 'tenant-releases.tenant.onboard',
  attributes: { action: 'create' },
});

/** Opens pull requests that remove a tenant. It guards nothing yet, like {@link changeCreatePermission}. */
export const tenantOffboardPermission = createPermission({
  name: 'tenant-releases.tenant.offboard',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_TENANT_RELEASE,
});

/**
 * Sees what is about the whole fleet or leads to it: the GitOps repository with its pull requests and who made them, Argo CD,
 * Grafana, and what the release policy says in its own words. Who lacks it sees their own tenants without all that.
 */
export const fleetReadPermission = createPermission({
  name: 'tenant-releases.fleet.read',
  attributes: { action: 'read' },
});

/** Resource type of a service; the resource ref is its name. */
export const RESOURCE_TYPE_TENANT_SERVICE = 'tenant-service';

/** Sees how many tenants run which version of the service, how each version serves, and the commits between them. */
export const serviceReadPermission = createPermission({
  name: 'tenant-releases.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT_SERVICE,
});

/** Sees which tenants those are, besides. */
export const serviceTenantsReadPermission = createPermission({
  name: 'tenant-releases.service.tenants.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT_SERVICE,
});

/** Every permission of the plugin. */
export const tenantReleasesPermissions = [
  releaseReadPermission,
  telemetryReadPermission,
  logsReadPermission,
  changeCreatePermission,
  fleetChangePermission,
  tenantOnboardPermission,
  tenantOffboardPermission,
  fleetReadPermission,
  serviceReadPermission,
  serviceTenantsReadPermission,
];
