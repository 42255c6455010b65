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
}

/**
 * Reads `tenantReleases.access`.
 *
 * @throws InputError that names the key when an entry is no group.
 */
export function readAccessConfig(config: RootConfigService): AccessConfig {
  return {
    platformGroups: readGroups(config, 'platformGroups') ?? ['group:default/platform'],
    viewerGroups: readGroups(config, 'viewerGroups') ?? [],
    visibleGroups: readGroups(config, 'visibleGroups') ?? [],
  };
}

function readGroups(config: RootConfigService, name: keyof AccessConfig): string[] | undefined {
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
