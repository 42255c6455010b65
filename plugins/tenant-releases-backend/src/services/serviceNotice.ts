import type { ServiceVersions } from '@internal/plugin-tenant-releases-common';
import type { ServiceView } from '../permissions/ServiceAccess';

/** What {@link serviceNotice} goes by. */
export interface ServiceSight {
  service: string;
  view: ServiceView;
  /** How many tenants the caller's view counts. */
  tenants: number;
  /** Whether the tenants in Git are known as they are now. */
  isKnown: boolean;
}

/**
 * What of a service's tenants the caller does not see, and who may grant it. Who does not see all of them is told the same
 * whether there are others or not.
 */
export function serviceNotice(sight: ServiceSight): ServiceVersions['notice'] {
  const { service, view, tenants, isKnown } = sight;
  if (view === undefined) {
    const grant = `Who owns ${service} sees its versions over all tenants: ask the group that owns it, or the platform team, for membership.`;
    if (tenants > 0) {
      return { code: 'OWN_ONLY', text: `Counted are the tenants that your groups own. ${grant}` };
    }
    if (!isKnown) return undefined;
    return {
      code: 'NONE_VISIBLE',
      text: `You see the tenants that your groups own, and none of those runs ${service}. ${grant}`,
    };
  }
  if (tenants === 0) {
    if (!isKnown) return undefined;
    return { code: 'NO_TENANTS', text: `Git holds no tenant that runs ${service}.` };
  }
  if (view === 'names') return undefined;
  return {
    code: 'NUMBERS_ONLY',
    text: `You see how many tenants run ${service}, not which ones. The platform team decides that, and can show the owners of a service their names: tenantReleases.access.serviceOwners.`,
  };
}
