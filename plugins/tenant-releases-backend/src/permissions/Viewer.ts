import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  fleetReadPermission,
  tenantOnboardPermission,
} from '@internal/plugin-tenant-releases-common';
import type { ReleaseAccess } from './ReleaseAccess';

/** How much somebody sees of what is about no tenant in particular. */
export interface Viewer {
  /** Adds tenants, and so sees what is wrong with the settings and with other people's files. */
  mayOnboard: boolean;
  /** Sees the operator's places, who made a change, and texts that speak of several tenants. */
  seesFleet: boolean;
}

/** Asks the policy once. Who adds tenants works in the operator's repository, and sees the fleet. */
export async function viewerOf(
  access: Pick<ReleaseAccess, 'held'>,
  credentials: BackstageCredentials,
): Promise<Viewer> {
  const [mayOnboard, seesFleet] = await access.held(credentials, [
    tenantOnboardPermission,
    fleetReadPermission,
  ]);
  return { mayOnboard, seesFleet: seesFleet || mayOnboard };
}
