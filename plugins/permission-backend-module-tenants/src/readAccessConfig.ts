import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** Who may do more than look after tenants of their own; full entity refs. */
export interface AccessConfig {
  /** Members see and do everything. */
  platformGroups: string[];
  /** Members see every tenant with its metrics, but no logs, and change nothing: for support or auditors. */
  viewerGroups: string[];
  /** Everybody sees these groups and who is in them, because they own what everybody sees. */
  visibleGroups: string[];
  /** What the owners of a service see of the tenants that run it: how many run which version, which ones, or nothing. */
  serviceOwners: (typeof serviceOwnersSee)[number];
}

const serviceOwnersSee = ['numbers', 'names', 'nothing'] as const;
/** Those that are lists of groups. */
type GroupKey = 'platformGroups' | 'viewerGroups' | 'visibleGroups';

/**
 * Reads `tenantReleases.access`.
 *
 * @throws InputError that names the key when an entry is no group, or a setting none of those there are
 */
export function readAccessConfig(config: RootConfigService): AccessConfig {
  return {
    platformGroups: readGroups(config, 'platformGroups') ?? ['group:default/platform'],
    viewerGroups: readGroups(config, 'viewerGroups') ?? [],
    visibleGroups: readGroups(config, 'visibleGroups') ?? [],
    serviceOwners: readServiceOwners(config),
  };
}

function readServiceOwners(config: RootConfigService): AccessConfig['serviceOwners'] {
  const key = 'tenantReleases.access.serviceOwners';
  const found = config.getOptionalString(key) ?? 'numbers';
  const known = serviceOwnersSee.find(one => one === found);
  if (!known)
    throw new InputError(`${key}: "${found}" is not known; write ${serviceOwnersSee.join(', ')}`);
  return known;
}

function readGroups(config: RootConfigService, name: GroupKey): string[] | undefined {
  const key = `tenantReleases.access.${name}`;
  return config.getOptionalStringArray(key)?.map(group => {
    let ref;
    try {
      ref = parseEntityRef(group, { defaultKind: 'group', defaultNamespace: 'default' });
    } catch {
      throw new InputError(
        `${key}: "${group}" is no entity ref; write for example group:default/platform`,
      );
    }
    if (ref.kind.toLocaleLowerCase('en-US') !== 'group') {
      throw new InputError(
        `${key}: "${group}" is no group; write for example group:default/platform`,
      );
    }
    return stringifyEntityRef(ref);
  });
}
