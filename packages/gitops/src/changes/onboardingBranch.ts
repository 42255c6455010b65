import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';

const prefix = 'onboard/';

/** The branch of a tenant's onboarding (docs/adr/006). */
export function onboardingBranch(tenant: string): string {
  return `${prefix}${tenant}`;
}

/** The tenant that a branch onboards; undefined for every other branch. */
export function tenantOfOnboarding(branch: string): string | undefined {
  if (!branch.startsWith(prefix)) return undefined;
  const tenant = branch.slice(prefix.length);
  return tenantNameProblem(tenant) ? undefined : tenant;
}
