import type { DesiredVersion, Release } from '@internal/plugin-tenant-releases-common';
import { mainReason, restingReason } from './reasons';

/** When a version became what Git wants: when its pull request was merged, else when it was committed. */
export function mergedAt(
  change: Pick<DesiredVersion, 'committedAt' | 'pullRequest'> | undefined,
): string | undefined {
  return change?.pullRequest?.mergedAt ?? change?.committedAt;
}

/**
 * When a release came into its state, as far as anyone knows: the time of the reason for it; without a reason,
 * when the oldest pod of the wanted version started; without pods, since when there are none by wish, else the last sync.
 *
 * @returns RFC 3339, or `undefined` when nobody knows
 */
export function stateSince(
  release: Pick<Release, 'state' | 'reasons' | 'running' | 'desired' | 'synced'>,
): string | undefined {
  const reason = mainReason(release);
  if (reason) return reason.since;
  const rest = restingReason(release);
  if (rest?.since) return rest.since;
  const wanted = release.running.find(({ version }) => version === release.desired?.version);
  return wanted?.since ?? release.synced?.at;
}
