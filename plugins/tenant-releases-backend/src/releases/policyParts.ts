import { badVersion, freezeWindow, policyRing, type ReleasePolicy } from '@internal/gitops';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { ReleaseParts } from '../join/releaseParts';

/** The versions that the policy is asked about. */
export interface PolicyVersions {
  /** The one that is wanted; undefined while nobody knows. */
  wanted?: string;
  /** The ones that pods run. */
  running: readonly string[];
}

/** What the release policy says of a tenant and its versions. */
export function policyParts(
  policy: ReleasePolicy,
  entry: DesiredEntry | undefined,
  { wanted, running }: PolicyVersions,
  now: Date,
): Pick<ReleaseParts, 'freeze' | 'badVersion' | 'ringName'> {
  if (!entry?.file) return {};
  const freeze = freezeWindow(policy, { name: entry.tenant, ...entry.file.tenant }, now);
  const ring = policyRing(policy, entry.file.tenant.ring);
  const bad = wanted === undefined ? undefined : badVersion(policy, wanted);
  const [leftOver] = running.flatMap(version => badVersion(policy, version) ?? []);
  return {
    ...(ring ? { ringName: ring.name } : {}),
    ...(freeze
      ? { freeze: { reason: freeze.reason, since: freeze.from, until: freeze.until } }
      : {}),
    ...(bad ? { badVersion: bad } : {}),
    ...(!bad && leftOver ? { badVersion: { ...leftOver, isLeftOver: true as const } } : {}),
  };
}
