import type { ReleaseReason, ReleaseState } from '@internal/plugin-tenant-releases-common';
import type { DesiredState } from './releaseParts';

/** A merge is synced within this many seconds when all is well: Argo CD polls Git every three minutes by default. */
export const syncGraceSeconds = 300;

/** What has become worse for less than this is no alarm yet. Seconds. */
export const defaultGraceSeconds = 60;

/** A reason and the state that it alone would put the release in. */
export interface Finding {
  state: ReleaseState;
  reason: ReleaseReason;
}

/** A finding; `since` is left out when nobody knows. */
export function finding(
  state: ReleaseState,
  code: ReleaseReason['code'],
  text: string,
  since?: string,
): Finding {
  return { state, reason: since === undefined ? { code, text } : { code, text, since } };
}

/** Seconds from `time` (RFC 3339) to `now`; undefined when the time is not known. */
export function secondsSince(time: string | undefined, now: Date): number | undefined {
  if (time === undefined) return undefined;
  const seconds = (now.getTime() - Date.parse(time)) / 1000;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** True when `time` is known and at most `seconds` ago. */
export function isWithin(time: string | undefined, seconds: number, now: Date): boolean {
  const age = secondsSince(time, now);
  return age !== undefined && age <= seconds;
}

/** When the change was merged that set the wanted version; undefined when nobody knows. */
export function mergedAt(desired: DesiredState | undefined): string | undefined {
  if (desired && desired.problems.length > 0) return undefined;
  return desired?.change?.pullRequest?.mergedAt ?? desired?.change?.committedAt;
}
