import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { mergedAt } from './stateSince';
import { formatDuration, secondsBetween } from './time';
import { shortVersion } from './version';

/** Where a release stopped on its way from Git to the pods, and why. */
export interface StripExplanation {
  /** The first part that is not as Git wants; `undefined` when the three agree. */
  stoppedAt?: 'desired' | 'synced' | 'running';
  /** What the numbers alone say, a whole sentence; absent where the reasons say more. */
  fact?: string;
  /** Why, the one of most concern first. */
  reasons: ReleaseReason[];
}

type Code = ReleaseReason['code'];
type Stop = Exclude<StripExplanation['stoppedAt'], undefined>;

/**
 * Where each reason stops a release. `nowhere`: it says more about a release that goes its way. `elsewhere`: it has a
 * place of its own, beside the part whose source is late, on top of the page, or with the state.
 */
const places: Record<Code, Stop | 'nowhere' | 'elsewhere'> = {
  NOT_IN_GIT: 'desired',
  REPOSITORY_CONFLICT: 'desired',
  SYNC_FAILED: 'synced',
  GIT_AHEAD: 'synced',
  NOT_DEPLOYED: 'synced',
  MANUAL_CHANGE: 'synced',
  SYNC_BY_HAND: 'synced',
  SYNC_WINDOW_CLOSED: 'synced',
  SYNC_RETRYING: 'synced',
  SYNC_TERMINATED: 'synced',
  SYNC_UNKNOWN: 'synced',
  HOOKS_RUNNING: 'synced',
  DESTINATION_UNKNOWN: 'synced',
  APPLICATION_INVALID: 'synced',
  APPLICATION_MISMATCH: 'synced',
  APPLICATION_AMBIGUOUS: 'synced',
  APPLICATION_DELETING: 'synced',
  RECONCILE_SKIPPED: 'synced',
  CRASH_LOOPING: 'running',
  IMAGE_PULL: 'running',
  NO_PODS: 'running',
  ROLLING_OUT: 'running',
  ROLLOUT_PAUSED: 'running',
  IMAGE_DIFFERS: 'running',
  HEALTH_DEGRADED: 'running',
  HEALTH_UNKNOWN: 'running',
  PODS_INVALID: 'running',
  BAD_VERSION: 'nowhere',
  OVERRIDDEN: 'nowhere',
  LEFTOVERS: 'nowhere',
  FOLLOWS_OTHER_REVISION: 'nowhere',
  SCALED_TO_ZERO: 'nowhere',
  BETWEEN_RUNS: 'nowhere',
  SOURCE_STALE: 'elsewhere',
  FILE_INVALID: 'elsewhere',
  HELD: 'elsewhere',
  FROZEN: 'elsewhere',
  ALERT_FIRING: 'elsewhere',
  ERRORS_ABOVE_OBJECTIVE: 'elsewhere',
};

/** Git's tenant file does not decide the version then, so that it is not "ahead" of anything. */
const setElsewhere: readonly Code[] = ['OVERRIDDEN', 'FOLLOWS_OTHER_REVISION'];

function firstStop({ desired, synced, running, reasons }: Release): StripExplanation['stoppedAt'] {
  const has = (stop: Stop) => reasons.some(({ code }) => places[code] === stop);
  if (!desired) return 'desired';
  if (synced?.version !== undefined && synced.version !== desired.version) return 'synced';
  if (has('synced')) return 'synced';
  const behind = running.some(
    ({ version, ready, pods }) => version !== desired.version || ready < pods,
  );
  return behind || has('running') ? 'running' : undefined;
}

/** What the numbers alone say, where no reason says more. */
function bareFact(release: Release, now: number): string | undefined {
  const { desired, synced, running, reasons } = release;
  if (!desired) return 'Git says no version.';
  if (reasons.some(({ code }) => setElsewhere.includes(code))) return undefined;
  if (synced?.version !== undefined && synced.version !== desired.version) {
    const age = secondsBetween(mergedAt(desired), now);
    const ahead = age === undefined ? 'ahead' : `${formatDuration(age)} ahead`;
    return `Git is ${ahead}: Argo CD is still at ${shortVersion(synced.version)}.`;
  }
  const total = running.reduce((sum, { pods }) => sum + pods, 0);
  const ready = running.find(({ version }) => version === desired.version)?.ready ?? 0;
  return ready < total
    ? `${ready} of ${total} pods are ready on ${shortVersion(desired.version)}.`
    : undefined;
}

/**
 * Compares what Git wants, what Argo CD synced and what the pods run, and says where it stopped and why.
 *
 * @param now - milliseconds since 1970
 * @returns `undefined` when there is nothing to explain
 */
export function explainStrip(release: Release, now: number): StripExplanation | undefined {
  const stoppedAt = firstStop(release);
  const told = release.reasons.filter(({ code }) => places[code] !== 'elsewhere');
  const fact = bareFact(release, now);
  // "Git wants X, Argo CD has Y" is the fact itself, here with its age.
  const reasons = told.filter(({ code }) => code !== 'GIT_AHEAD' || fact === undefined);
  const saysMore = stoppedAt === 'synced' || reasons.length === 0;
  const shownFact = fact !== undefined && saysMore ? fact : undefined;
  if (shownFact === undefined && reasons.length === 0) return undefined;
  return { stoppedAt, ...(shownFact === undefined ? {} : { fact: shownFact }), reasons };
}
