import { freezeFor } from '../policy/releasePolicyRules';
import { shorten } from '../text/shorten';
import { type ReleasePolicy } from '../policy/releasePolicy';
import { type TenantFile } from '../tenantFile/tenantFile';
import type { Tenant } from '../check/tenants';
import type { BumpPlan, BumpRequest, BumpSkip } from './planBump';

/** A tenant that runs the service, with a valid file. */
export interface Candidate {
  tenant: Tenant;
  file: TenantFile;
  text: string;
}

/** The service that a tenant file releases: what it says, else the last part of the image's name. */
export function serviceOf({ service, image }: TenantFile): string {
  const name = (service as { name?: unknown } | undefined)?.name;
  return typeof name === 'string'
    ? name
    : image.repository.slice(image.repository.lastIndexOf('/') + 1);
}

/** Says why a tenant stays as it is; `undefined` when it is to be changed. */
export function judge(
  { tenant, file }: Candidate,
  policy: ReleasePolicy,
  { version, inOrder, at, hold: wanted }: BumpRequest,
  waiting: BumpPlan['waiting'],
): BumpSkip | undefined {
  const { hold, ring } = file.tenant;
  const skip = (kind: BumpSkip['kind'], reason: string) => ({
    tenant: tenant.name,
    ring,
    kind,
    reason,
  });
  const isHeldHere = hold?.version === version;
  if (file.image.tag === version && (!wanted || isHeldHere)) {
    return skip('current', `has ${version} already${wanted ? ', held' : ''}`);
  }
  if (hold && hold.version !== version) {
    return skip(
      'held',
      `is held at ${hold.version} by ${shorten(hold.by, 60)}: ${shorten(hold.reason)}`,
    );
  }
  const freeze = freezeFor(policy, file.tenant, at);
  if (freeze) return skip('frozen', `is frozen until ${freeze.until}: ${shorten(freeze.reason)}`);
  const earlier = waiting.find(other => other.ring < ring);
  if (inOrder && earlier) {
    const names = earlier.tenants.slice(0, 5).join(', ');
    return skip('earlier-ring', `${waitsFor(earlier.title, version)}: ${names}`);
  }
  return undefined;
}

/** Why a tenant waits for a ring, without the names of that ring's tenants: an owner may not know them. */
export function waitsFor(title: string, version: string): string {
  return `waits for ${title}, which does not have ${version} yet`;
}
