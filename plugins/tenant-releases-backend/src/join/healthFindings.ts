import { shortenError } from '@internal/gitops';
import { isAheadByWish } from './gitAhead';
import { defaultGraceSeconds, finding, isWithin, type Finding } from './releaseFindings';
import type { ReleaseParts } from './releaseParts';

/** Argo CD's health of the Application. A paused rollout is told with its pods. */
export function healthFindings(parts: ReleaseParts): Finding[] {
  const { application, graceSeconds = defaultGraceSeconds, now } = parts;
  if (!application) return [];
  const { health, healthSince, operation, destinationProblem } = application;
  const because = health.message ? `: ${shortenError(health.message)}` : '.';
  if (health.status === 'Degraded') {
    // The reason is there at once, the colour after the grace time.
    const state = isWithin(healthSince, graceSeconds, now) ? 'progressing' : 'degraded';
    return [finding(state, 'HEALTH_DEGRADED', `Argo CD calls it Degraded${because}`, healthSince)];
  }
  if (health.status === 'Missing' && operation?.phase !== 'Running') {
    // What Git has added is not there before it is synced, which may be somebody's wish.
    const isExpected = isAheadByWish(parts) || isWithin(healthSince, graceSeconds, now);
    return [
      finding(
        isExpected ? 'progressing' : 'degraded',
        'HEALTH_DEGRADED',
        `Parts of it are missing in the cluster${because}`,
        healthSince,
      ),
    ];
  }
  // Of a destination that it does not know, Argo CD can tell no health.
  if (health.status === 'Unknown' && destinationProblem === undefined) {
    return [
      finding('unknown', 'HEALTH_UNKNOWN', `Argo CD cannot tell its health${because}`, healthSince),
    ];
  }
  return [];
}
