import {
  badVersion,
  freezeWindow,
  type ReleaseParts,
  type ReleasePolicy,
} from '@internal/plugin-tenant-releases-common';
import type { DesiredEntry } from '../desired/DesiredEntries';

/** What the release policy says of a tenant and the version that Git wants for it. */
export function policyParts(
  policy: ReleasePolicy,
  entry: DesiredEntry | undefined,
  now: Date,
): Pick<ReleaseParts, 'freeze' | 'badVersion'> {
  if (!entry?.file) return {};
  const { tenant, image } = entry.file;
  const freeze = freezeWindow(policy, tenant, now);
  const bad = badVersion(policy, image.tag);
  return {
    ...(freeze
      ? { freeze: { reason: freeze.reason, since: freeze.from, until: freeze.until } }
      : {}),
    ...(bad ? { badVersion: bad } : {}),
  };
}
