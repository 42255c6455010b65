import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const key = 'tenantReleases.access.platformGroups';

/**
 * The groups whose members may see and do everything, as full entity refs.
 *
 * @throws InputError that names the key when an entry is no group.
 */
export function readPlatformGroups(config: RootConfigService): string[] {
  const groups = config.getOptionalStringArray(key) ?? ['group:default/platform'];
  return groups.map(group => {
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
